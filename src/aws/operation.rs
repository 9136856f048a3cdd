//! Everything that AWS can be asked here, one row each. All of it reads.

/// The API of one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Api {
    /// Who asks.
    Sts,
    /// Alarms and metrics.
    CloudWatch,
    /// Log groups and their lines.
    Logs,
    /// Queues.
    Sqs,
    /// Services of containers.
    Ecs,
}

/// A question. There is none that changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Whose the credentials are.
    GetCallerIdentity,
    /// Alarms by their names.
    DescribeAlarms,
    /// Values of metrics over time.
    GetMetricData,
    /// Log groups with how long they keep what they have.
    DescribeLogGroups,
    /// Lines of a log group that fit a pattern.
    FilterLogEvents,
    /// Queues whose names begin so.
    ListQueues,
    /// The address of a queue.
    GetQueueUrl,
    /// What a queue is and holds.
    GetQueueAttributes,
    /// The services of a cluster.
    ListServices,
    /// How many tasks of a service run, and its deployments.
    DescribeServices,
}

/// How a request is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON, with the operation in a header.
    Json {
        /// What stands before the operation's name there.
        target: &'static str,
        /// The content type.
        content_type: &'static str,
    },
    /// A form with the operation among its fields.
    Query {
        /// The version of the API.
        version: &'static str,
    },
}

const JSON_1_0: &str = "application/x-amz-json-1.0";
const JSON_1_1: &str = "application/x-amz-json-1.1";

/// Each operation: whose, its name, and what it asks, after "asked to".
#[rustfmt::skip]
const OPERATIONS: &[(Operation, Api, &str, &str)] = &[
    (Operation::GetCallerIdentity,  Api::Sts,        "GetCallerIdentity",  "tell whose the credentials are"),
    (Operation::DescribeAlarms,     Api::CloudWatch, "DescribeAlarms",     "describe alarms"),
    (Operation::GetMetricData,      Api::CloudWatch, "GetMetricData",      "read metrics"),
    (Operation::DescribeLogGroups,  Api::Logs,       "DescribeLogGroups",  "describe log groups"),
    (Operation::FilterLogEvents,    Api::Logs,       "FilterLogEvents",    "read log lines"),
    (Operation::ListQueues,         Api::Sqs,        "ListQueues",         "list queues"),
    (Operation::GetQueueUrl,        Api::Sqs,        "GetQueueUrl",        "find a queue"),
    (Operation::GetQueueAttributes, Api::Sqs,        "GetQueueAttributes", "tell what a queue holds"),
    (Operation::ListServices,       Api::Ecs,        "ListServices",       "list services"),
    (Operation::DescribeServices,   Api::Ecs,        "DescribeServices",   "describe services"),
];

impl Api {
    /// What its hosts begin with, and what requests are signed for.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sts => "sts",
            Self::CloudWatch => "monitoring",
            Self::Logs => "logs",
            Self::Sqs => "sqs",
            Self::Ecs => "ecs",
        }
    }

    pub(super) fn form(self) -> Form {
        let json = |target, content_type| Form::Json { target, content_type };
        match self {
            Self::Sts => Form::Query { version: "2011-06-15" },
            Self::CloudWatch => json("GraniteServiceVersion20100801", JSON_1_0),
            Self::Logs => json("Logs_20140328", JSON_1_1),
            Self::Sqs => json("AmazonSQS", JSON_1_0),
            Self::Ecs => json("AmazonEC2ContainerServiceV20141113", JSON_1_1),
        }
    }
}

impl Operation {
    /// Every one that there is.
    pub fn all() -> impl Iterator<Item = Self> {
        OPERATIONS.iter().map(|(operation, ..)| *operation)
    }

    /// Whose it is.
    pub fn api(self) -> Api {
        self.row().1
    }

    /// Its name at AWS.
    pub fn name(self) -> &'static str {
        self.row().2
    }

    pub(super) fn what(self) -> &'static str {
        self.row().3
    }

    fn row(self) -> &'static (Self, Api, &'static str, &'static str) {
        let row = OPERATIONS.iter().find(|(operation, ..)| *operation == self);
        row.expect("a test holds that each operation has its row")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_has_one_row_and_reads() {
        let mut names: Vec<&str> = Operation::all().map(Operation::name).collect();
        names.sort_unstable();
        names.dedup();
        // One for each variant: the last one says how many there are.
        assert_eq!(names.len(), Operation::DescribeServices as usize + 1);
        let reads = |name: &&str| {
            ["Get", "Describe", "List", "Filter"].iter().any(|verb| name.starts_with(verb))
        };
        assert!(names.iter().all(reads), "{names:?}");
    }
}
