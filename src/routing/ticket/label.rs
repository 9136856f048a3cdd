//! What a label's key says about its value: one table for every source.
//!
//! Keys are compared without case and punctuation, so that `alert_name`,
//! `AlertName` and `alertname` are one key.

/// What the value of a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::routing) enum Role {
    /// The name of an alert or alarm.
    Alert,
    /// The name of a system.
    Service,
    /// The name of a part of a system, which is a fact about the place too.
    Workload,
    /// The name of a metric.
    Metric,
    /// The name of an error or exception.
    Error,
    /// A code that a program gives an error.
    ErrorCode,
    /// An HTTP status.
    Status,
    /// A machine, with or without a port.
    Host,
    /// How bad it is.
    Severity,
    /// Where it is or whose it is: worth a signal even in prose.
    Place,
    /// Numbers and identities that only this one ticket has.
    Noise,
    /// Anything else.
    Plain,
}

const ROLES: &[(Role, &[&str])] = &[
    (Role::Alert, &["alertname", "alarmname", "alertrule", "rulename", "triggeredrule"]),
    (Role::Service, &["service", "servicename", "svc", "app", "appname", "application", "k8sapp"]),
    (Role::Service, &["appkubernetesioname", "appkubernetesiopartof", "system"]),
    (
        Role::Workload,
        &["component", "job", "jobname", "deployment", "statefulset", "daemonset", "cronjob"],
    ),
    (Role::Workload, &["appkubernetesiocomponent", "workload", "container", "containername"]),
    (Role::Metric, &["metric", "metricname", "sli"]),
    (
        Role::Error,
        &["exception", "exceptiontype", "exceptionclass", "errortype", "errorclass", "errorname"],
    ),
    (Role::Error, &["error", "err"]),
    (Role::ErrorCode, &["errorcode", "errcode", "sqlstate", "faultcode"]),
    (Role::Status, &["status", "statuscode", "httpstatus", "httpstatuscode", "httpcode"]),
    (Role::Status, &["responsecode", "httpresponsestatuscode", "code"]),
    (Role::Host, &["host", "hostname", "instance", "node", "nodename", "server", "servername"]),
    (Role::Severity, &["severity", "priority", "urgency", "prioritylabel", "level", "sev"]),
    (
        Role::Place,
        &["namespace", "cluster", "region", "availabilityzone", "az", "zone", "env", "environment"],
    ),
    (Role::Place, &["team", "squad", "queue", "queuename", "topic", "topicname", "bucket"]),
    (
        Role::Place,
        &["database", "db", "dbname", "datname", "pod", "podname", "consumergroup", "stage"],
    ),
    (Role::Place, &["functionname", "tablename", "dbinstanceidentifier", "clustername", "route"]),
    (
        Role::Noise,
        &["id", "uid", "uuid", "fingerprint", "traceid", "spanid", "requestid", "eventid", "hash"],
    ),
    (
        Role::Noise,
        &["timestamp", "time", "date", "startsat", "endsat", "createdat", "updatedat", "token"],
    ),
    (
        Role::Noise,
        &["containerid", "imageid", "podtemplatehash", "prometheus", "awsaccountid", "accountid"],
    ),
    (Role::Noise, &["routingkey", "dedupkey", "controllerrevisionhash", "replicaset", "rsuid"]),
    (Role::Noise, &["signature", "nonce", "password", "secret", "authorization", "cookie"]),
];

/// What the value under this key is.
pub(in crate::routing) fn role(key: &str) -> Role {
    let bare: String =
        key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let bare = if key == "__name__" { "metricname" } else { bare.as_str() };
    ROLES.iter().find(|(_, keys)| keys.contains(&bare)).map_or(Role::Plain, |(role, _)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_of_a_key_does_not_matter() {
        for key in ["alertname", "AlertName", "alert_name", "AlarmName"] {
            assert_eq!(role(key), Role::Alert, "{key}");
        }
        assert_eq!(role("app.kubernetes.io/name"), Role::Service);
        assert_eq!(role("__name__"), Role::Metric);
        assert_eq!(role("colour"), Role::Plain);
        assert_eq!(role(""), Role::Plain);
    }
}
