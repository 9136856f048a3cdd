//! Words in humps, `KubePodCrashLooping`: how alerts are usually named.
//!
//! Classes and brands are written in humps too. A name counts as an alert's
//! where nothing around it says code, and its ending does not either.

use super::word::Word;

/// Longer than any alert name; encoded data looks like humps.
const MAX_NAME: usize = 80;
const MAX_DIGITS: usize = 4;

/// Whether a word that begins in upper case is an alert's name.
pub(super) fn is_alert_name(word: &Word<'_>) -> bool {
    let name = word.value();
    let coded = CODE_ENDINGS.iter().any(|ending| name.ends_with(ending)) && !is_announced(word);
    let one = name.strip_suffix('s').unwrap_or(name);
    let thing = |list: &[&str]| list.contains(&name) || list.contains(&one);
    is_in_humps(name)
        && !thing(BRANDS)
        && !thing(KUBERNETES_KINDS)
        && !coded
        && !stands_in_code(word)
}

/// At least two humps and enough small letters that it can be read aloud.
pub(super) fn is_in_humps(name: &str) -> bool {
    let humps = humps(name);
    let small = name.bytes().filter(u8::is_ascii_lowercase).count();
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let bounded = (7..=MAX_NAME).contains(&name.len()) && digits <= MAX_DIGITS;
    bounded && humps >= 2 && small >= 4 && small * 2 >= humps * 3
}

/// Capitals that begin a word: after a small letter, or before one.
fn humps(name: &str) -> usize {
    let bytes = name.as_bytes();
    let begins = |at: usize| {
        bytes[at].is_ascii_uppercase()
            && (at == 0
                || !bytes[at - 1].is_ascii_uppercase()
                || bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase))
    };
    (0..bytes.len()).filter(|at| begins(*at)).count()
}

/// `alert: X`, `alarm X`, `[FIRING:1] X`
fn is_announced(word: &Word<'_>) -> bool {
    let before = word.before().trim_end_matches([' ', ':', '"', '\'', '`', '*', '=']);
    let tail = before.get(before.len().saturating_sub(10)..).unwrap_or_default();
    let tail = tail.to_ascii_lowercase();
    ["alert", "alarm", "alertname", "firing", "]"].iter().any(|mark| tail.ends_with(mark))
}

fn stands_in_code(word: &Word<'_>) -> bool {
    let joined_before =
        matches!(word.char_before(), Some('.' | '/' | '\\' | '#' | '@' | '$' | '<' | '-' | '&'))
            || word.before().ends_with("::");
    let mut after = word.after().chars();
    let joined_after = match (after.next(), after.next()) {
        (Some('.'), Some(next)) => next.is_alphanumeric(),
        (Some('(' | '<' | '@'), _) | (Some(':'), Some(':')) => true,
        _ => false,
    };
    joined_before || joined_after
}

/// Brands written in humps; they name a product, not an alert.
const BRANDS: &[&str] = &[
    "AlertManager",
    "ActiveMQ",
    "AppDynamics",
    "BitBucket",
    "BigQuery",
    "CircleCI",
    "ClickHouse",
    "CloudFlare",
    "CloudFormation",
    "CloudFront",
    "CloudTrail",
    "CloudWatch",
    "CockroachDB",
    "CoreDNS",
    "DataDog",
    "DevOps",
    "DocumentDB",
    "DockerHub",
    "DynamoDB",
    "ElastiCache",
    "ElasticSearch",
    "EventBridge",
    "FastAPI",
    "GitHub",
    "GitLab",
    "GitOps",
    "GraphQL",
    "HashiCorp",
    "IntelliJ",
    "JavaScript",
    "JetBrains",
    "KeyCloak",
    "LinkedIn",
    "LaunchDarkly",
    "MariaDB",
    "MongoDB",
    "MySQL",
    "NewRelic",
    "NodeJS",
    "OpenAPI",
    "OpenSearch",
    "OpenShift",
    "OpenSSL",
    "OpenStack",
    "OpenTelemetry",
    "OpsGenie",
    "PagerDuty",
    "PayPal",
    "PgBouncer",
    "PostGIS",
    "PostgreSQL",
    "PowerShell",
    "PrivateLink",
    "ProxySQL",
    "PyTorch",
    "RabbitMQ",
    "RedHat",
    "SageMaker",
    "ServiceNow",
    "SharePoint",
    "SpringBoot",
    "StackOverflow",
    "StatsD",
    "SysAdmin",
    "TensorFlow",
    "TimescaleDB",
    "TypeScript",
    "VictoriaMetrics",
    "VirtualBox",
    "WebSocket",
    "WebSockets",
    "WhatsApp",
    "WordPress",
    "YouTube",
    "ZooKeeper",
];

/// Kinds of Kubernetes objects; they say what fails, not which alert fired.
const KUBERNETES_KINDS: &[&str] = &[
    "BuildConfig",
    "CephBlockPool",
    "CephCluster",
    "CephFilesystem",
    "ClusterOperator",
    "ClusterRole",
    "ClusterRoleBinding",
    "ClusterVersion",
    "ConfigMap",
    "CronJob",
    "CustomResourceDefinition",
    "DaemonSet",
    "DeploymentConfig",
    "EndpointSlice",
    "HorizontalPodAutoscaler",
    "IngressClass",
    "KubeScheduler",
    "LimitRange",
    "MachineConfig",
    "MachineConfigPool",
    "MachineSet",
    "NetworkPolicy",
    "ObjectBucket",
    "ObjectBucketClaim",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "PodDisruptionBudget",
    "PodMonitor",
    "PriorityClass",
    "PrometheusRule",
    "ReplicaSet",
    "ReplicationController",
    "ResourceQuota",
    "RoleBinding",
    "ServiceAccount",
    "ServiceMonitor",
    "StatefulSet",
    "StorageClass",
    "StorageCluster",
    "VirtualMachine",
    "VolumeAttachment",
    "VolumeSnapshot",
    "VolumeSnapshotClass",
];

/// Last humps of classes, as programs name them.
const CODE_ENDINGS: &[&str] = &[
    "Adapter",
    "Builder",
    "Bean",
    "Client",
    "Component",
    "Config",
    "Configuration",
    "Context",
    "Controller",
    "Driver",
    "Exception",
    "Executor",
    "Factory",
    "Filter",
    "Handler",
    "Helper",
    "Impl",
    "Interceptor",
    "Iterator",
    "Interface",
    "Listener",
    "Manager",
    "Mapper",
    "Middleware",
    "Model",
    "Module",
    "Parser",
    "Plugin",
    "Provider",
    "Proxy",
    "Reader",
    "Registry",
    "Repository",
    "Request",
    "Resolver",
    "Resource",
    "Response",
    "Serializer",
    "Service",
    "Servlet",
    "Template",
    "Test",
    "Tests",
    "Util",
    "Utils",
    "Validator",
    "View",
    "Wrapper",
    "Writer",
    "Error",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn humps_are_counted_through_acronyms() {
        for (name, count) in
            [("KubePodCrashLooping", 4), ("CPUThrottlingHigh", 3), ("Watchdog", 1), ("ABC", 1)]
        {
            assert_eq!(humps(name), count, "{name}");
        }
    }

    #[test]
    fn encoded_bytes_are_no_name() {
        assert!(!is_in_humps("QmFzZTY0IGVuY29kZWQgd29yZHM"));
        assert!(is_in_humps("KubeAPIDown"));
    }
}
