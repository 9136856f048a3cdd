"""The example `queue-saturation` as an AWS account would show it, some hours ago instead
of on its own day.
"""

import datetime
import json
import re

import boto3
from moto import settings
from moto.cloudwatch.models import cloudwatch_backends
from moto.core.authorization import ActionAuthenticatorMixin
from moto.ecs.models import ecs_backends
from moto.logs.models import logs_backends

ACCOUNT, REGION = "123456789012", "eu-west-1"
ALARM, QUEUE, GROUP = "billing-events-oldest-message-age", "billing-events", "/ecs/billing-worker"
THEN = datetime.datetime(2026, 11, 3, 5, 0, tzinfo=datetime.timezone.utc)
END = datetime.datetime.now(datetime.timezone.utc).replace(second=0, microsecond=0) - datetime.timedelta(minutes=10)
SHIFT = END - THEN


def at(clock):
    hour, minute = map(int, clock.split(":"))
    return THEN.replace(hour=hour, minute=minute) + SHIFT


def shifted(text):
    """A text of the example with its times moved to where this world has them."""

    def move(found):
        time = datetime.datetime.fromisoformat(found[1] + "+00:00") + SHIFT
        return time.strftime("%Y-%m-%dT%H:%M:%S") + found[2]

    return re.sub(r"(2026-11-03T\d\d:\d\d:\d\d)(Z|\.000\+0000)", move, text)


class World:
    def __init__(self, url):
        keys = {"aws_access_key_id": "AKIAWORLD", "aws_secret_access_key": "world"}
        self.client = lambda name: boto3.client(name, region_name=REGION, endpoint_url=url, **keys)
        self.metrics()
        self.logs()
        self.client("sqs").create_queue(QueueName=QUEUE)
        self.services()

    def metrics(self):
        cloudwatch = self.client("cloudwatch")
        dimensions = [{"Name": "QueueName", "Value": QUEUE}]
        cloudwatch.put_metric_alarm(
            AlarmName=ALARM, Namespace="AWS/SQS", MetricName="ApproximateAgeOfOldestMessage", Dimensions=dimensions,
            ComparisonOperator="GreaterThanThreshold", EvaluationPeriods=3, Period=60, Statistic="Maximum", Threshold=900,
        )
        cloudwatch.set_alarm_state(AlarmName=ALARM, StateValue="ALARM", StateReason="Threshold Crossed")
        alarm = cloudwatch_backends[ACCOUNT][REGION].alarms[ALARM]
        alarm.state_updated_timestamp = at("04:10")
        for day in (0, 1):
            self.put("ApproximateAgeOfOldestMessage", day, [("02:00", 4), ("03:05", 4), ("03:30", 310), ("04:10", 1840), ("05:00", 1500)])
            self.put("NumberOfMessagesSent", day, [("02:00", 420), ("03:05", 1290), ("05:00", 1290)])
            self.put("NumberOfMessagesDeleted", day, [("02:00", 420), ("05:00", 420)])
            self.put("ApproximateNumberOfMessagesVisible", day, [("02:00", 12), ("03:05", 12), ("05:00", 90_000)])

    def put(self, name, day, corners):
        """Values every five minutes: as in the example, and as at its beginning the day before."""
        data = []
        for (begin, value), (end, _) in zip(corners, corners[1:] + [("05:05", 0)]):
            time = at(begin)
            while time < at(end):
                data.append({
                    "MetricName": name, "Dimensions": [{"Name": "QueueName", "Value": QUEUE}],
                    "Timestamp": time - datetime.timedelta(days=day), "Value": corners[0][1] if day else value,
                })
                time += datetime.timedelta(minutes=5)
        self.client("cloudwatch").put_metric_data(Namespace="AWS/SQS", MetricData=data)

    def logs(self):
        logs = self.client("logs")
        logs.create_log_group(logGroupName=GROUP)
        logs.create_log_stream(logGroupName=GROUP, logStreamName="1")
        # It was there long before.
        logs_backends[ACCOUNT][REGION].groups[GROUP].creation_time = END.replace(tzinfo=None) - datetime.timedelta(days=30)
        self.write("level=info done", [at("03:00"), at("04:00")])

    def write(self, text, times):
        events = [{"timestamp": int(it.timestamp() * 1000), "message": text} for it in times]
        self.client("logs").put_log_events(logGroupName=GROUP, logStreamName="1", logEvents=events)

    def forget(self, text):
        """Takes lines away again."""
        for stream in logs_backends[ACCOUNT][REGION].groups[GROUP].streams.values():
            stream.events = [it for it in stream.events if text not in it.message]

    def services(self):
        ecs = self.client("ecs")
        ecs.create_cluster(clusterName="prod")
        container = {"name": "worker", "image": "worker", "memory": 128}
        ecs.register_task_definition(family="billing-worker", containerDefinitions=[container])
        ecs.create_service(cluster="prod", serviceName="billing-worker", taskDefinition="billing-worker", desiredCount=8)
        for service in ecs_backends[ACCOUNT][REGION].services.values():
            service.running_count, service.pending_count = 8, 0

    def messages(self, number):
        sqs = self.client("sqs")
        url = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
        for at in range(number):
            sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"at": at}))

    def user(self, actions):
        """Keys of somebody who may do this and nothing else."""
        iam = self.client("iam")
        name = f"triage-{len(iam.list_users()['Users'])}"
        iam.create_user(UserName=name)
        # What the metrics' rights are called differs between AWS and moto.
        actions = actions + [it.replace("cloudwatch:", "monitoring:") for it in actions if it.startswith("cloudwatch:")]
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
        iam.put_user_policy(UserName=name, PolicyName="read", PolicyDocument=json.dumps(policy))
        key = iam.create_access_key(UserName=name)["AccessKey"]
        return key["AccessKeyId"], key["SecretAccessKey"]

    def judges(self, does):
        """Whether moto looks at signatures and rights."""
        settings.INITIAL_NO_AUTH_ACTION_COUNT = 0.0 if does else float("inf")
        ActionAuthenticatorMixin.request_count = 0
