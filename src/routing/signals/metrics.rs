//! Which words in snake case are metrics, and not variables or tables.

use super::word::Word;

/// By its unit, its exporter or its selector, after the conventions of
/// Prometheus: <https://prometheus.io/docs/practices/naming/>.
pub(super) fn is_metric(word: &Word<'_>) -> bool {
    let name = word.value();
    let parts: Vec<&str> = name.split('_').filter(|part| !part.is_empty()).collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    let counted = METRIC_UNITS.contains(last);
    let known = METRIC_EXPORTERS.contains(first) || METRIC_WEAK_UNITS.contains(last);
    let called = word.after().starts_with('(') || word.before().ends_with(['.', '/', '$']);
    !called && (word.after().starts_with('{') || counted || (known && parts.len() >= 3))
}

/// `job:http_requests:rate5m`: level, metric and operation.
pub(super) fn is_recording_rule(word: &Word<'_>) -> bool {
    word.value().contains('_') && !word.after().starts_with([':', '='])
}

/// Last parts that only a metric's name has.
const METRIC_UNITS: &[&str] = &["total", "seconds", "bytes", "bucket", "ratio", "milliseconds"];

/// Last parts that a metric's name of three or more parts has.
const METRIC_WEAK_UNITS: &[&str] = &[
    "age",
    "celsius",
    "count",
    "created",
    "current",
    "depth",
    "duration",
    "errors",
    "info",
    "lag",
    "latency",
    "percent",
    "requests",
    "size",
    "sum",
    "usage",
    "utilization",
];

/// First parts that well-known exporters give their metrics.
const METRIC_EXPORTERS: &[&str] = &[
    "aggregator",
    "alertmanager",
    "apiserver",
    "argocd",
    "aws",
    "ceph",
    "cilium",
    "container",
    "coredns",
    "cortex",
    "elasticsearch",
    "envoy",
    "etcd",
    "go",
    "grpc",
    "haproxy",
    "http",
    "istio",
    "jvm",
    "kafka",
    "kube",
    "kubelet",
    "loki",
    "mongodb",
    "mysql",
    "namedprocess",
    "nginx",
    "node",
    "pg",
    "postgres",
    "probe",
    "process",
    "prometheus",
    "rabbitmq",
    "redis",
    "rest",
    "scheduler",
    "scrape",
    "thanos",
    "traefik",
    "windows",
    "workqueue",
];

/// Metrics of AWS services that do not look like anything but an alert's name.
pub(super) const CLOUDWATCH_METRICS: &[&str] = &[
    "ActiveConnectionCount",
    "ApproximateAgeOfOldestMessage",
    "ApproximateNumberOfMessagesDelayed",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesVisible",
    "BackendConnectionErrors",
    "BurstBalance",
    "CPUCreditBalance",
    "CPUSurplusCreditBalance",
    "CPUUtilization",
    "ClientTLSNegotiationErrorCount",
    "ConcurrentExecutions",
    "ConsumedReadCapacityUnits",
    "ConsumedWriteCapacityUnits",
    "CurrConnections",
    "DatabaseConnections",
    "DatabaseMemoryUsagePercentage",
    "DeadLetterErrors",
    "DiskQueueDepth",
    "EngineCPUUtilization",
    "FreeStorageSpace",
    "FreeableMemory",
    "HTTPCode_ELB_5XX_Count",
    "HTTPCode_Target_4XX_Count",
    "HTTPCode_Target_5XX_Count",
    "HealthyHostCount",
    "IntegrationLatency",
    "IteratorAge",
    "MemoryUtilization",
    "NetworkIn",
    "NetworkOut",
    "NumberOfMessagesDeleted",
    "NumberOfMessagesPublished",
    "NumberOfMessagesReceived",
    "NumberOfMessagesSent",
    "NumberOfNotificationsFailed",
    "ProvisionedConcurrencySpilloverInvocations",
    "ReadIOPS",
    "ReadLatency",
    "ReadThrottleEvents",
    "RejectedConnectionCount",
    "ReplicaLag",
    "ReplicationLag",
    "RequestCount",
    "SpilloverCount",
    "StatusCheckFailed",
    "SwapUsage",
    "SystemErrors",
    "TargetConnectionErrorCount",
    "TargetResponseTime",
    "ThrottledRequests",
    "UnHealthyHostCount",
    "UserErrors",
    "WriteIOPS",
    "WriteLatency",
    "WriteThrottleEvents",
];
