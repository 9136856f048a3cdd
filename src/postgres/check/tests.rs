use super::*;

fn allowed() -> Vec<Relation> {
    vec![Relation::new("billing.invoices").unwrap(), Relation::new("billing.Accounts").unwrap()]
}

fn check(sql: &str) -> Result<Question, Refused> {
    Question::check(sql, &allowed())
}

fn refused(sql: &str) -> String {
    check(sql).expect_err(sql).to_string()
}

#[test]
fn what_is_sent_is_written_anew() {
    let question = check(
        "select COUNT(*) as Rows, min(i.created_at)::date from billing.invoices i \
         where i.tax_country is null and i.created_at >= :window_start and not i.state = 'it''s'",
    );
    let question = question.unwrap();
    assert_eq!(
        question.text(),
        "SELECT \"pg_catalog\".\"left\"(CAST(\"answer\".\"c1\" AS \"pg_catalog\".\"text\"), 200), \
         \"pg_catalog\".\"left\"(CAST(\"answer\".\"c2\" AS \"pg_catalog\".\"text\"), 200) \
         FROM (SELECT \"pg_catalog\".\"count\"(*) AS \"rows\", \
         CAST(\"pg_catalog\".\"min\"(\"i\".\"created_at\") AS \"pg_catalog\".\"date\") \
         FROM \"billing\".\"invoices\" AS \"i\" \
         WHERE (((\"i\".\"tax_country\" IS NULL) AND (\"i\".\"created_at\" >= CAST($1 AS \"pg_catalog\".\"timestamptz\"))) \
         AND (NOT (\"i\".\"state\" = 'it''s')))) AS \"answer\"(\"c1\", \"c2\") LIMIT 101"
    );
    assert_eq!(question.columns(), ["rows", "column 2"]);
    assert_eq!(question.parameters()[0].name, "window_start");
}

#[test]
fn a_group_that_is_named_is_written_as_what_it_is() {
    for by in ["1", "hour"] {
        let sql = format!(
            "SELECT date_trunc('hour', created_at) AS hour, count(*) FROM billing.invoices GROUP BY {by}"
        );
        let question = check(&sql).unwrap();
        assert!(
            question
                .text()
                .contains("GROUP BY \"pg_catalog\".\"date_trunc\"('hour', \"created_at\")"),
            "{}",
            question.text()
        );
    }
}

#[test]
fn no_depth_and_no_length_is_too_much_for_the_check() {
    let times = |text: &str, count: usize| text.repeat(count);
    for (sql, says) in [
        (format!("SELECT {}1{}", times("(", 50_000), times(")", 50_000)), "longer than"),
        (format!("SELECT {}1{}", times("(", 2_000), times(")", 2_000)), "more than"),
        (format!("SELECT {}1{}", times("(", 500), times(")", 500)), "nested deeper"),
        (format!("SELECT {}true", times("NOT ", 700)), "cannot be read"),
        (format!("SELECT {}1", times("- ", 700)), "cannot be read"),
        (format!("SELECT 1{}", times("+1", 700)), "nested deeper"),
        (
            format!("SELECT {}1{}", times("CASE WHEN true THEN ", 90), times(" END", 90)),
            "cannot be read",
        ),
        (format!("SELECT 1{}", times("::int", 300)), "nested deeper"),
        (format!("SELECT a{}", times("[1]", 300)), "has '['"),
        (
            format!(
                "SELECT count(*) FROM billing.invoices {}",
                times("JOIN (SELECT 1) AS a ", 100)
            ),
            "it looks at",
        ),
    ] {
        let said = refused(&sql);
        assert!(said.contains(says), "{says}: {said}");
    }
}

#[test]
fn a_name_that_would_mean_a_row_or_a_function_is_refused() {
    for (sql, says) in [
        ("SELECT count(i) FROM billing.invoices i", "'i' would be a whole row"),
        ("SELECT max(invoices::text) FROM billing.invoices", "'invoices' would be a whole row"),
        (
            "SELECT count(s.row_to_json) FROM (SELECT id FROM billing.invoices) AS s",
            "gives nothing called",
        ),
        ("SELECT count(x.id) FROM billing.invoices i", "there is no 'x'"),
        ("WITH pg_class AS (SELECT 1) SELECT count(*) FROM pg_class", "has 'pg_class'"),
        (
            "SELECT count(*) FROM (WITH t AS (SELECT 1 AS a) SELECT a FROM t) AS s, t",
            "'t' has no schema",
        ),
    ] {
        let said = refused(sql);
        assert!(said.contains(says), "{sql}: {said}");
    }
    let named = check("SELECT max(i.row_to_json) FROM billing.invoices i").unwrap();
    let column = named.names().first().unwrap();
    assert_eq!(column.of.as_ref().unwrap().to_string(), "billing.invoices", "the server is asked");
}

#[test]
fn tables_are_named_with_their_schema_and_never_the_server_s_own() {
    for bad in [
        "invoices",
        "pg_catalog.x",
        "information_schema.tables",
        "a.pg_class",
        "a.b.c",
        "a b.c",
        "a.b;",
        "",
    ] {
        assert!(Relation::new(bad).is_err(), "{bad}");
    }
    assert!(check("SELECT count(*) FROM billing.\"Accounts\"").is_ok());
    assert!(
        refused("SELECT count(*) FROM billing.Accounts")
            .contains("'billing.accounts', which is not listed")
    );
}
