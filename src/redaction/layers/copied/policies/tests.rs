//! Principals, resources, ports and ranges go, however a policy is written.

use super::*;
use crate::redaction::layers::keywords;

fn values(raw: &str) -> Vec<&str> {
    let text = Text::new(raw, &keywords());
    let mut found = Vec::new();
    find(&text, &mut Finds::over(&mut found));
    found.sort_by_key(|it| it.span.start);
    found.dedup_by_key(|it| it.span.clone());
    found.into_iter().map(|it| &raw[it.span]).collect()
}

#[test]
fn rules_of_a_line_each() {
    for (rule, wanted) in [
        ("    ip saddr 91.65.0.0/16 tcp dport 22 accept", &["91.65.0.0/16", "22"][..]),
        ("  tcp dport { 80, 443 } accept", &["80, 443"]),
        ("-A INPUT -s 91.65.0.0/16 -p tcp --dports 80,443 -j ACCEPT", &["91.65.0.0/16", "80,443"]),
        ("22/tcp      ALLOW       91.65.0.0/16", &["22/tcp", "91.65.0.0/16"]),
        ("pass in on em0 proto tcp from 91.65.0.0/16 to any port 22", &["91.65.0.0/16", "22"]),
        ("access-list 101 permit tcp host 91.65.0.7 any eq 22", &["91.65.0.7", "22"]),
        (
            "rule family=\"ipv4\" source address=\"91.65.0.0/16\" port port=\"22\" accept",
            &["91.65.0.0/16", "22"],
        ),
        (
            "netsh advfirewall firewall add rule localport=22 remoteip=91.65.0.0/16",
            &["22", "91.65.0.0/16"],
        ),
        (
            "aws ec2 authorize-security-group-ingress --port 22 --cidr 91.65.0.0/16",
            &["22", "91.65.0.0/16"],
        ),
        ("allow-ssh  default  INGRESS  1000  tcp:22  False", &["tcp:22"]),
        ("IPPERMISSIONS\t22\ttcp\t22", &["22", "22"]),
    ] {
        assert_eq!(values(rule), wanted, "{rule}");
    }
}

#[test]
fn keys_of_terraform_templates_and_manifests() {
    for (policy, wanted) in [
        (
            "resource \"aws_security_group\" \"a\" {\n  from_port = 22\n  cidr_blocks = [\n    \"91.65.0.0/16\",\n  ]\n}",
            &["22", "91.65.0.0/16"][..],
        ),
        (
            "data \"aws_iam_policy_document\" \"a\" {\n actions = [\"s3:Get*\", \"s3:Put*\"]\n}",
            &["s3:Get*", "s3:Put*"],
        ),
        ("path \"kv/pay/*\" {\n  capabilities = [\"read\"]\n}", &["kv/pay/*", "read"]),
        (
            "Type: AWS::EC2::SecurityGroup\n  - CidrIp: 91.65.0.0/16\n    FromPort: 22",
            &["91.65.0.0/16", "22"],
        ),
        ("- Effect: Allow\n  Action:\n    - s3:Get*\n  Resource: arn:x", &["s3:Get*", "arn:x"]),
        (
            "kind: RoleBinding\nmetadata:\n  name: a\nsubjects:\n- kind: Group\n  name: b\nroleRef:\n  name: c",
            &["b", "c"],
        ),
        ("kind: Role\nrules:\n- resources: [\"pods\"]\n  verbs:\n  - get", &["pods", "get"]),
        ("kind: NetworkPolicy\nspec: {ingress: [{ports: [{port: 22, protocol: TCP}]}]}", &["22"]),
        ("bindings:\n- members:\n  - group:a@b.de\n  role: roles/x", &["group:a@b.de", "roles/x"]),
    ] {
        assert_eq!(values(policy), wanted, "{policy}");
    }
}

#[test]
fn what_is_no_policy_stays() {
    for text in [
        "The firewall drops port 443 now and then; we accept it.",
        "kind: Service\nspec:\n  ports:\n  - port: 80\n",
        "resource \"aws_instance\" \"a\" {\n  from_port = 22\n}",
        "location / {\n  return 200;\n}",
    ] {
        assert!(values(text).is_empty(), "{text}");
    }
}
