//! Tokens that carry their vendor in their shape.
//!
//! Shapes are written from the vendors' own documentation and from what their
//! tokens look like. In examples `{a20}` stands for 20 drawn letters and
//! digits (`h` hexadecimal, `d` decimal, `u` capitals and digits, `l` small
//! letters and digits, `w` letters, digits, `_` and `-`), so that no token
//! stands in this file.

/// Where a rule's pattern begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum At {
    /// At the keyword.
    Keyword,
    /// Up to so many bytes before it.
    Before(usize),
}

/// One rule.
#[derive(Debug)]
pub(in super::super) struct Token {
    /// Stable name in kebab case.
    pub(in super::super) id: &'static str,
    /// What placeholders call it.
    pub(in super::super) kind: &'static str,
    /// One of them stands in every token.
    pub(in super::super) keywords: &'static [&'static str],
    pub(in super::super) at: At,
    /// Linear, and bounded.
    pub(in super::super) pattern: &'static str,
    /// Must match.
    #[cfg(test)]
    pub(in super::super) yes: &'static [&'static str],
    /// Must not match.
    #[cfg(test)]
    pub(in super::super) no: &'static [&'static str],
}

macro_rules! token {
    ($id:literal, $kind:literal, $at:expr, [$($keyword:literal),+], $pattern:literal, yes [$($yes:literal),+], no [$($no:literal),+]) => {
        Token {
            id: $id,
            kind: $kind,
            keywords: &[$($keyword),+],
            at: $at,
            pattern: $pattern,
            #[cfg(test)]
            yes: &[$($yes),+],
            #[cfg(test)]
            no: &[$($no),+],
        }
    };
}

/// Every rule.
#[rustfmt::skip]
pub(in super::super) const TOKENS: &[Token] = &[
    // Cloud platforms.
    token!("aws-access-key", "AWS_ACCESS_KEY", At::Keyword, ["AKIA", "ASIA", "ABIA", "ACCA", "A3T"], r"(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}", yes ["AKIA{u16}", "ASIA{u16}"], no ["AKIA{u9}", "akia{l16}"]),
    token!("aws-bedrock-key", "AWS_BEDROCK_KEY", At::Keyword, ["ABSK", "bedrock-api-key-"], r"(?:ABSK[A-Za-z0-9+/]{80,}={0,2}|bedrock-api-key-[A-Za-z0-9+/=]{16,})", yes ["ABSK{a110}"], no ["ABSK{a20}"]),
    token!("aws-mws-token", "AWS_MWS_TOKEN", At::Keyword, ["amzn.mws."], r"amzn\.mws\.[0-9a-f-]{36}", yes ["amzn.mws.{h8}-{h4}-{h4}-{h4}-{h12}"], no ["amzn.mws.name"]),
    token!("aws-appsync-key", "AWS_APPSYNC_KEY", At::Keyword, ["da2-"], r"da2-[a-z0-9]{26}", yes ["da2-{l26}"], no ["da2-{l10}"]),
    token!("google-api-key", "GOOGLE_API_KEY", At::Keyword, ["AIza"], r"AIza[A-Za-z0-9_-]{30,45}", yes ["AIza{w35}"], no ["AIza{a12}"]),
    token!("google-oauth-token", "GOOGLE_TOKEN", At::Keyword, ["ya29."], r"ya29\.[A-Za-z0-9_-]{16,}", yes ["ya29.{w80}"], no ["ya29.x"]),
    token!("google-client-secret", "GOOGLE_SECRET", At::Keyword, ["GOCSPX-"], r"GOCSPX-[A-Za-z0-9_-]{20,40}", yes ["GOCSPX-{w28}"], no ["GOCSPX-{a5}"]),
    token!("google-client-id", "GOOGLE_CLIENT_ID", At::Before(64), [".apps.googleusercontent.com"], r"[0-9]{6,}-[a-z0-9]{16,}\.apps\.googleusercontent\.com", yes ["{d12}-{l32}.apps.googleusercontent.com"], no ["x.apps.googleusercontent.com"]),
    token!("google-refresh-token", "GOOGLE_TOKEN", At::Keyword, ["1//0"], r"1//0[A-Za-z0-9_-]{30,}", yes ["1//0{w60}"], no ["1//0a"]),
    token!("azure-storage-key", "AZURE_KEY", At::Before(90), ["+ASt", "AZDO", "ACDb"], r"[A-Za-z0-9+/]{40,80}(?:\+ASt|AZDO|ACDb)[A-Za-z0-9+/]{4,10}={0,2}", yes ["{a76}+ASt{a6}=="], no ["{a10}+ASt{a2}"]),
    token!("azure-devops-token", "AZURE_TOKEN", At::Before(80), ["JQQJ99"], r"[A-Za-z0-9]{40,60}JQQJ99[A-Za-z0-9]{20,40}", yes ["{a44}JQQJ99{a30}"], no ["JQQJ99{a4}"]),
    token!("azure-client-secret", "AZURE_SECRET", At::Before(5), ["8Q~", "7Q~"], r"[A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}", yes ["{a3}8Q~{w34}"], no ["8Q~{a3}"]),
    token!("alibaba-key", "ALIBABA_KEY", At::Keyword, ["LTAI"], r"LTAI[A-Za-z0-9]{12,30}", yes ["LTAI{a20}"], no ["LTAI{a4}"]),
    token!("digitalocean-token", "DIGITALOCEAN_TOKEN", At::Keyword, ["dop_v1_", "doo_v1_", "dor_v1_"], r"do[opr]_v1_[a-f0-9]{64}", yes ["dop_v1_{h64}"], no ["dop_v1_{h10}"]),
    token!("cloudflare-origin-key", "CLOUDFLARE_KEY", At::Keyword, ["v1.0-"], r"v1\.0-[a-f0-9]{24}-[a-f0-9]{146}", yes ["v1.0-{h24}-{h146}"], no ["v1.0-{h24}"]),
    token!("heroku-key", "HEROKU_KEY", At::Keyword, ["HRKU-"], r"HRKU-[A-Za-z0-9_-]{30,70}", yes ["HRKU-{w60}"], no ["HRKU-{a4}"]),
    token!("fly-token", "FLY_TOKEN", At::Keyword, ["FlyV1 ", "fo1_", "fm1r_", "fm1a_", "fm2_"], r"(?:FlyV1 )?(?:fo1_[A-Za-z0-9_-]{40,}|fm[12][ar]?_[A-Za-z0-9+/=_-]{40,}(?:,fm[12][ar]?_[A-Za-z0-9+/=_-]{40,})*)", yes ["fo1_{w43}", "fm2_{a100}"], no ["fo1_{a9}"]),
    token!("scalingo-token", "SCALINGO_TOKEN", At::Keyword, ["tk-us-"], r"tk-us-[A-Za-z0-9_-]{40,52}", yes ["tk-us-{w48}"], no ["tk-us-{a8}"]),
    token!("yandex-token", "YANDEX_TOKEN", At::Keyword, ["AQVN", "t1.", "YCA", "YCM"], r"(?:AQVN[A-Za-z0-9_-]{35,38}|t1\.[A-Za-z0-9_-]+={0,2}\.[A-Za-z0-9_-]{86}={0,2}|YC[A-Za-z0-9_-]{38})", yes ["AQVN{w36}", "YCA{w37}"], no ["YC{a8}"]),
    token!("planetscale-token", "PLANETSCALE_TOKEN", At::Keyword, ["pscale_"], r"pscale_(?:tkn|oauth|pw)_[A-Za-z0-9=._-]{32,64}", yes ["pscale_pw_{w43}"], no ["pscale_pw_{a3}"]),
    token!("supabase-token", "SUPABASE_TOKEN", At::Keyword, ["sbp_", "sb_secret_"], r"(?:sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{20,})", yes ["sbp_{h40}"], no ["sbp_{h8}"]),
    token!("vercel-token", "VERCEL_TOKEN", At::Keyword, ["vercel_blob_rw_"], r"vercel_blob_rw_[A-Za-z0-9_]{20,}", yes ["vercel_blob_rw_{a40}"], no ["vercel_blob_rw_x"]),
    token!("databricks-token", "DATABRICKS_TOKEN", At::Keyword, ["dapi"], r"dapi[a-f0-9]{32}(?:-\d)?", yes ["dapi{h32}"], no ["dapiData{l8}"]),
    token!("clickhouse-key", "CLICKHOUSE_KEY", At::Keyword, ["4b1d"], r"4b1d[A-Za-z0-9]{38}", yes ["4b1d{a38}"], no ["4b1d{a20}", "4b1d{h60}"]),
    token!("aiven-token", "AIVEN_TOKEN", At::Keyword, ["AVNS_"], r"AVNS_[A-Za-z0-9_-]{14,40}", yes ["AVNS_{a19}"], no ["AVNS_x"]),
    token!("tailscale-key", "TAILSCALE_KEY", At::Keyword, ["tskey-"], r"tskey-(?:[a-z]+-)?[A-Za-z0-9]+-?[A-Za-z0-9]{16,}", yes ["tskey-auth-{a12}-{a32}"], no ["tskey-x"]),
    // Source and packages.
    token!("github-token", "GITHUB_TOKEN", At::Keyword, ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], r"gh[opusr]_[A-Za-z0-9]{36,255}", yes ["ghp_{a36}", "ghr_{a76}"], no ["ghp_{a10}"]),
    token!("github-fine-grained-token", "GITHUB_TOKEN", At::Keyword, ["github_pat_"], r"github_pat_[A-Za-z0-9_]{60,}", yes ["github_pat_{a22}_{a59}"], no ["github_pat_{a12}"]),
    token!("gitlab-token", "GITLAB_TOKEN", At::Keyword, ["glpat-", "gldt-", "glft-", "glsoat-", "glrt-", "glrtr-", "glcbt-", "glptt-", "glagent-", "gloas-", "glimt-", "glffct-", "glwt-"], r"gl(?:pat|dt|ft|soat|rtr?|cbt|ptt|agent|oas|imt|ffct|wt)-[A-Za-z0-9_.=-]{16,}", yes ["glpat-{w20}", "glrt-{w20}"], no ["glpat-{a5}"]),
    token!("gitlab-runner-registration", "GITLAB_TOKEN", At::Keyword, ["GR1348941"], r"GR1348941[A-Za-z0-9_-]{20,22}", yes ["GR1348941{w20}"], no ["GR1348941{a5}"]),
    token!("gitlab-session", "GITLAB_SESSION", At::Keyword, ["_gitlab_session="], r"_gitlab_session=[a-f0-9]{32}", yes ["_gitlab_session={h32}"], no ["_gitlab_session=x"]),
    token!("bitbucket-token", "BITBUCKET_TOKEN", At::Keyword, ["ATBB", "ATCTT3xFfG"], r"(?:ATBB[A-Za-z0-9]{28,36}|ATCTT3xFfG[A-Za-z0-9_=-]{40,})", yes ["ATBB{a32}"], no ["ATBB{a6}"]),
    token!("atlassian-token", "ATLASSIAN_TOKEN", At::Keyword, ["ATATT3", "ATSTT3", "ATOAATT"], r"AT(?:ATT|STT|OAATT)3?[A-Za-z0-9_=-]{60,}", yes ["ATATT3{w180}"], no ["ATATT3{a9}"]),
    token!("prode-token", "PRODE_TOKEN", At::Keyword, ["prode_"], r"prode_[a-f0-9]{64}", yes ["prode_{h64}"], no ["prode_mcp", "prode_{h40}"]),
    token!("npm-token", "NPM_TOKEN", At::Keyword, ["npm_"], r"npm_[A-Za-z0-9]{36}", yes ["npm_{a36}"], no ["npm_config_registry"]),
    token!("pypi-token", "PYPI_TOKEN", At::Keyword, ["pypi-AgE", "pypi-"], r"pypi-[A-Za-z0-9_-]{50,}", yes ["pypi-AgEIcHlwaS5vcmc{w80}"], no ["pypi-publish"]),
    token!("crates-token", "CRATES_TOKEN", At::Keyword, ["cio"], r"cio[A-Za-z0-9]{32}", yes ["cio{a32}"], no ["cio{a6}"]),
    token!("rubygems-token", "RUBYGEMS_TOKEN", At::Keyword, ["rubygems_"], r"rubygems_[a-f0-9]{48}", yes ["rubygems_{h48}"], no ["rubygems_mirror"]),
    token!("nuget-key", "NUGET_KEY", At::Keyword, ["oy2"], r"oy2[a-z0-9]{43}", yes ["oy2{l43}"], no ["oy2{l4}"]),
    token!("clojars-token", "CLOJARS_TOKEN", At::Keyword, ["CLOJARS_"], r"(?i)CLOJARS_[a-z0-9]{60}", yes ["CLOJARS_{l60}"], no ["CLOJARS_USERNAME"]),
    token!("docker-token", "DOCKER_TOKEN", At::Keyword, ["dckr_pat_", "dckr_oat_"], r"dckr_[po]at_[A-Za-z0-9_-]{26,}", yes ["dckr_pat_{w27}"], no ["dckr_pat_{a3}"]),
    token!("artifactory-token", "ARTIFACTORY_TOKEN", At::Keyword, ["AKCp", "cmVmd"], r"(?:AKCp[A-Za-z0-9]{60,80}|cmVmd[A-Za-z0-9]{55,70})", yes ["AKCp{a69}"], no ["AKCp{a9}"]),
    token!("jfrog-reference", "ARTIFACTORY_TOKEN", At::Keyword, ["AP5", "AP6", "APA"], r"AP[5-9A][A-Za-z0-9]{60,75}", yes ["AP6{a70}"], no ["AP6{a9}"]),
    token!("sourcegraph-token", "SOURCEGRAPH_TOKEN", At::Keyword, ["sgp_"], r"sgp_(?:(?:local|[a-fA-F0-9]{16})_)?[a-fA-F0-9]{40}", yes ["sgp_{h40}", "sgp_local_{h40}"], no ["sgp_{h9}"]),
    token!("hashicorp-cloud-token", "TERRAFORM_TOKEN", At::Before(20), [".atlasv1."], r"[A-Za-z0-9]{10,16}\.atlasv1\.[A-Za-z0-9_=-]{50,80}", yes ["{a14}.atlasv1.{a67}"], no ["x.atlasv1.y"]),
    token!("vault-token", "VAULT_TOKEN", At::Keyword, ["hvs.", "hvb.", "hvr."], r"hv[sbr]\.[A-Za-z0-9_-]{20,}", yes ["hvs.{w90}"], no ["hvs.x"]),
    token!("pulumi-token", "PULUMI_TOKEN", At::Keyword, ["pul-"], r"pul-[a-f0-9]{40}", yes ["pul-{h40}"], no ["pul-x"]),
    token!("doppler-token", "DOPPLER_TOKEN", At::Keyword, ["dp.pt.", "dp.ct.", "dp.st.", "dp.sa.", "dp.scim.", "dp.audit."], r"dp\.(?:pt|ct|st|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}", yes ["dp.pt.{a43}"], no ["dp.pt.x"]),
    token!("infracost-key", "INFRACOST_KEY", At::Keyword, ["ico-"], r"ico-[A-Za-z0-9]{32}", yes ["ico-{a32}"], no ["ico-{a9}"]),
    token!("prefect-token", "PREFECT_TOKEN", At::Keyword, ["pnu_", "pnb_"], r"pn[ub]_[A-Za-z0-9]{36}", yes ["pnu_{l36}"], no ["pnu_x"]),
    token!("buildkite-token", "BUILDKITE_TOKEN", At::Keyword, ["bkua_"], r"bkua_[a-f0-9]{40}", yes ["bkua_{h40}"], no ["bkua_x"]),
    token!("circleci-token", "CIRCLECI_TOKEN", At::Keyword, ["CCIPAT_", "CCIPRJ_"], r"CCIP(?:AT|RJ)_[A-Za-z0-9]+_[a-f0-9]{40}", yes ["CCIPAT_{a22}_{h40}"], no ["CCIPAT_x"]),
    token!("harness-token", "HARNESS_TOKEN", At::Keyword, ["pat.", "sat."], r"[ps]at\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}", yes ["pat.{w22}.{a24}.{a20}"], no ["pat.x.y.z"]),
    token!("octopus-key", "OCTOPUS_KEY", At::Keyword, ["API-"], r"API-[A-Z0-9]{26}", yes ["API-{u26}"], no ["API-{u9}"]),
    token!("kubernetes-bootstrap-token", "KUBERNETES_TOKEN", At::Keyword, ["k8s-aws-v1."], r"k8s-aws-v1\.[A-Za-z0-9_=-]{80,}", yes ["k8s-aws-v1.{w120}"], no ["k8s-aws-v1.x"]),
    token!("openshift-token", "OPENSHIFT_TOKEN", At::Keyword, ["sha256~"], r"sha256~[A-Za-z0-9_-]{43}", yes ["sha256~{w43}"], no ["sha256~{a9}"]),
    token!("age-key", "AGE_KEY", At::Keyword, ["AGE-SECRET-KEY-1"], r"AGE-SECRET-KEY-1[A-Z0-9]{58}", yes ["AGE-SECRET-KEY-1{u58}"], no ["AGE-SECRET-KEY-1X"]),
    token!("age-recipient", "AGE_RECIPIENT", At::Keyword, ["age1"], r"age1[a-z0-9]{58}", yes ["age1{l58}"], no ["age1{l9}"]),
    token!("onepassword-secret-key", "ONEPASSWORD_KEY", At::Keyword, ["A3-"], r"A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}", yes ["A3-{u6}-{u11}-{u5}-{u5}-{u5}"], no ["A3-{u6}"]),
    token!("onepassword-token", "ONEPASSWORD_TOKEN", At::Keyword, ["ops_eyJ"], r"ops_eyJ[A-Za-z0-9+/_-]{60,}={0,3}", yes ["ops_eyJ{a250}"], no ["ops_eyJ{a9}"]),
    token!("defined-networking-token", "DEFINED_TOKEN", At::Keyword, ["dnkey-"], r"dnkey-[a-z0-9=_-]{26}-[a-z0-9=_-]{52}", yes ["dnkey-{l26}-{l52}"], no ["dnkey-x"]),
    token!("snyk-token", "SNYK_TOKEN", At::Keyword, ["snyk_uat."], r"snyk_uat\.[a-z0-9]{8}\.[A-Za-z0-9_.-]{40,}", yes ["snyk_uat.{h8}.{w60}"], no ["snyk_uat.x"]),
    // Chat, mail, messages.
    token!("slack-token", "SLACK_TOKEN", At::Keyword, ["xoxb-", "xoxp-", "xoxa-", "xoxs-", "xoxo-", "xoxr-", "xoxe-", "xoxc-", "xoxd-", "xoxe.", "xapp-", "xwfp-"], r"(?:xox[abcdeoprs][-.](?:xox[bp]-)?[A-Za-z0-9%-]{18,}|xapp-\d-[A-Za-z0-9-]{20,}|xwfp-[A-Za-z0-9-]{20,})", yes ["xoxb-{d12}-{d12}-{a24}", "xapp-1-{u11}-{d13}-{h64}"], no ["xoxb-x"]),
    token!("slack-webhook", "WEBHOOK", At::Before(10), ["hooks.slack.com/"], r"(?:https?://)?hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{20,}", yes ["https://hooks.slack.com/services/{u9}/{u9}/{a24}"], no ["https://hooks.slack.com/docs"]),
    token!("discord-webhook", "WEBHOOK", At::Before(30), ["/api/webhooks/"], r"(?:https?://)?(?:[a-z]+\.)?discord(?:app)?\.com/api/webhooks/\d{15,20}/[A-Za-z0-9_-]{50,}", yes ["https://discord.com/api/webhooks/{d18}/{w68}"], no ["https://discord.com/api/webhooks/1/x"]),
    token!("teams-webhook", "WEBHOOK", At::Before(150), ["/IncomingWebhook/"], r"https?://[a-z0-9.-]+/webhook[a-z0-9]*/[a-z0-9-]{36}@[a-z0-9-]{36}/IncomingWebhook/[a-zA-Z0-9]{20,40}/[a-z0-9-]{36}(?:/[A-Za-z0-9_-]+)?", yes ["https://x.webhook.office.com/webhookb2/{h8}-{h4}-{h4}-{h4}-{h12}@{h8}-{h4}-{h4}-{h4}-{h12}/IncomingWebhook/{h32}/{h8}-{h4}-{h4}-{h4}-{h12}"], no ["https://x.com/webhook/x/IncomingWebhook/"]),
    token!("telegram-token", "TELEGRAM_TOKEN", At::Before(12), [":AA"], r"[0-9]{6,12}:AA[A-Za-z0-9_-]{30,36}", yes ["{d10}:AA{w33}"], no ["12:AA:BB"]),
    token!("discord-token", "DISCORD_TOKEN", At::Keyword, ["MTA", "MTE", "MTI"], r"[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40}", yes ["MTA{w22}.{w6}.{w38}"], no ["MTA{a9}"]),
    token!("sendgrid-key", "SENDGRID_KEY", At::Keyword, ["SG."], r"SG\.[A-Za-z0-9=_-]{16,32}\.?[A-Za-z0-9=_.-]{30,64}", yes ["SG.{w22}.{w43}"], no ["SG.x"]),
    token!("sendinblue-key", "BREVO_KEY", At::Keyword, ["xkeysib-", "xsmtpsib-"], r"x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}", yes ["xkeysib-{h64}-{l16}"], no ["xkeysib-x"]),
    token!("mailgun-key", "MAILGUN_KEY", At::Keyword, ["key-", "pubkey-"], r"(?:pub)?key-[a-f0-9]{32}", yes ["key-{h32}"], no ["key-value-store"]),
    token!("mailchimp-key", "MAILCHIMP_KEY", At::Before(36), ["-us"], r"[a-f0-9]{32}-us\d{1,2}", yes ["{h32}-us12"], no ["en-us1"]),
    token!("mandrill-key", "MANDRILL_KEY", At::Keyword, ["md-"], r"md-[A-Za-z0-9_-]{22}", yes ["md-{a22}"], no ["md-small"]),
    token!("twilio-key", "TWILIO_KEY", At::Keyword, ["SK", "AC"], r"(?:SK|AC)[a-f0-9]{32}", yes ["SK{h32}"], no ["SK{h8}"]),
    token!("resend-key", "RESEND_KEY", At::Keyword, ["re_"], r"re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}", yes ["re_{a8}_{a24}"], no ["re_export_all"]),
    token!("intra42-secret", "INTRA42_SECRET", At::Keyword, ["s-s4t2"], r"s-s4t2(?:ud|af)-[a-f0-9]{64}", yes ["s-s4t2ud-{h64}"], no ["s-s4t2ud-x"]),
    // Payment and shops.
    token!("stripe-key", "STRIPE_KEY", At::Keyword, ["sk_live_", "sk_test_", "sk_prod_", "rk_live_", "rk_test_", "rk_prod_", "pk_live_", "whsec_"], r"(?:[srp]k_(?:live|test|prod)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{20,})", yes ["sk_live_{a24}", "whsec_{a32}"], no ["sk_live_x"]),
    token!("square-token", "SQUARE_TOKEN", At::Keyword, ["sq0atp-", "sq0csp-", "sq0atb-", "sq0idp-", "EAAA"], r"(?:sq0(?:atp|csp|atb|idp)-[A-Za-z0-9_-]{20,45}|EAAA[A-Za-z0-9_-]{58,62})", yes ["sq0atp-{w22}", "EAAA{w60}"], no ["sq0atp-x"]),
    token!("shopify-token", "SHOPIFY_TOKEN", At::Keyword, ["shpat_", "shpca_", "shppa_", "shpss_", "shpua_"], r"shp(?:at|ca|pa|ss|ua)_[a-fA-F0-9]{32}", yes ["shpat_{h32}"], no ["shpat_x"]),
    token!("braintree-token", "BRAINTREE_TOKEN", At::Keyword, ["access_token$production$"], r"access_token\$production\$[a-z0-9]{16}\$[a-f0-9]{32}", yes ["access_token$production${l16}${h32}"], no ["access_token$production$"]),
    token!("flutterwave-key", "FLUTTERWAVE_KEY", At::Keyword, ["FLWSECK", "FLWPUBK"], r"FLW(?:SECK|PUBK)(?:_TEST)?-?[a-hA-H0-9]{12,32}(?:-X)?", yes ["FLWSECK_TEST-{h32}-X"], no ["FLWSECK_TEST"]),
    token!("adyen-key", "ADYEN_KEY", At::Keyword, ["AQE"], r"AQE[A-Za-z0-9][A-Za-z0-9+/=-]{40,}", yes ["AQEx{a100}"], no ["AQEx{a5}"]),
    token!("plaid-token", "PLAID_TOKEN", At::Keyword, ["access-sandbox-", "access-development-", "access-production-"], r"access-(?:sandbox|development|production)-[a-f0-9-]{36}", yes ["access-sandbox-{h8}-{h4}-{h4}-{h4}-{h12}"], no ["access-sandbox-x"]),
    token!("paystack-key", "PAYSTACK_KEY", At::Keyword, ["sk_"], r"sk_[a-f0-9]{40,}", yes ["sk_{h48}"], no ["sk_buff"]),
    token!("gocardless-token", "GOCARDLESS_TOKEN", At::Keyword, ["live_"], r"live_[A-Za-z0-9_=-]{40}", yes ["live_{a40}"], no ["live_reload"]),
    token!("twitch-stream-key", "TWITCH_KEY", At::Keyword, ["live_"], r"live_\d{6,12}_[A-Za-z0-9]{24,36}", yes ["live_{d9}_{a30}"], no ["live_1_x"]),
    token!("lob-key", "LOB_KEY", At::Keyword, ["live_pub_", "test_pub_", "test_", "live_"], r"(?:live|test)_(?:pub_)?[a-f0-9]{31,35}", yes ["test_pub_{h31}"], no ["test_pub_x"]),
    token!("easypost-key", "EASYPOST_KEY", At::Keyword, ["EZAK", "EZTK"], r"EZ[AT]K[A-Za-z0-9]{54}", yes ["EZAK{a54}"], no ["EZAK{a5}"]),
    token!("shippo-token", "SHIPPO_TOKEN", At::Keyword, ["shippo_live_", "shippo_test_"], r"shippo_(?:live|test)_[a-fA-F0-9]{40}", yes ["shippo_live_{h40}"], no ["shippo_live_x"]),
    token!("duffel-token", "DUFFEL_TOKEN", At::Keyword, ["duffel_live_", "duffel_test_"], r"duffel_(?:live|test)_[A-Za-z0-9_=-]{43}", yes ["duffel_test_{w43}"], no ["duffel_test_x"]),
    // Observability.
    token!("grafana-token", "GRAFANA_TOKEN", At::Keyword, ["glsa_", "glc_"], r"(?:glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|glc_[A-Za-z0-9+/=]{32,})", yes ["glsa_{a32}_{h8}", "glc_{a60}"], no ["glsa_{a5}"]),
    token!("grafana-api-key", "GRAFANA_KEY", At::Keyword, ["eyJrIjoi"], r"eyJrIjoi[A-Za-z0-9_+/-]{40,}={0,2}", yes ["eyJrIjoi{a80}"], no ["eyJrIjoi"]),
    token!("newrelic-key", "NEWRELIC_KEY", At::Keyword, ["NRAK-", "NRJS-", "NRII-", "NRIQ-", "NRRA-", "NRSP-", "NRAA-"], r"NR(?:AK|JS|II|IQ|RA|SP|AA)-[A-Za-z0-9_-]{16,48}", yes ["NRAK-{u27}"], no ["NRAK-x"]),
    token!("newrelic-license", "NEWRELIC_KEY", At::Before(40), ["NRAL"], r"[a-zA-Z0-9]{35,36}(?:FF)?NRAL", yes ["{h36}NRAL"], no ["xNRAL"]),
    token!("newrelic-pixie", "NEWRELIC_KEY", At::Keyword, ["px-api-", "px-dep-"], r"px-(?:api|dep)-[a-z0-9-]{36}", yes ["px-api-{h8}-{h4}-{h4}-{h4}-{h12}"], no ["px-api-x"]),
    token!("sentry-token", "SENTRY_TOKEN", At::Keyword, ["sntryu_", "sntrys_"], r"sntry(?:u_[a-f0-9]{64}|s_eyJ[A-Za-z0-9+/_=-]{60,})", yes ["sntryu_{h64}"], no ["sntryu_x"]),
    token!("sentry-dsn", "SENTRY_DSN", At::Before(50), [".ingest.", "sentry.io/"], r"https?://[a-f0-9]{32}(?::[a-f0-9]{32})?@[a-z0-9.-]+/\d+", yes ["https://{h32}@o1.ingest.sentry.io/4"], no ["https://sentry.io/welcome"]),
    token!("dynatrace-token", "DYNATRACE_TOKEN", At::Keyword, ["dt0c01.", "dt0s0"], r"dt0[cs]\d{2}\.[A-Za-z0-9]{8,24}\.[A-Za-z0-9]{64}", yes ["dt0c01.{u24}.{u64}"], no ["dt0c01.x"]),
    token!("datadog-key", "DATADOG_KEY", At::Keyword, ["ddapi_", "ddapp_"], r"dda(?:pi|pp)_[A-Za-z0-9]{30,}", yes ["ddapp_{a34}"], no ["ddapp_x"]),
    token!("honeycomb-key", "HONEYCOMB_KEY", At::Keyword, ["hcaik_", "hcxik_", "hcalk_"], r"hc[abcx][a-z]k_[a-z0-9]{40,70}", yes ["hcaik_{l58}"], no ["hcaik_x"]),
    token!("pagerduty-key", "PAGERDUTY_KEY", At::Keyword, ["u+"], r"u\+[A-Za-z0-9_+-]{18}", yes ["u+{a18}"], no ["u+x"]),
    token!("linear-key", "LINEAR_KEY", At::Keyword, ["lin_api_", "lin_oauth_"], r"lin_(?:api|oauth)_[A-Za-z0-9]{40,64}", yes ["lin_api_{a40}"], no ["lin_api_x"]),
    token!("notion-token", "NOTION_TOKEN", At::Keyword, ["ntn_", "secret_"], r"(?:ntn_[0-9]{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43})", yes ["ntn_{d11}{a35}", "secret_{a43}"], no ["secret_name"]),
    token!("airtable-token", "AIRTABLE_TOKEN", At::Keyword, ["pat"], r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}", yes ["pat{a14}.{h64}"], no ["patterns.of"]),
    token!("postman-key", "POSTMAN_KEY", At::Keyword, ["PMAK-"], r"PMAK-[a-fA-F0-9]{24}-[a-fA-F0-9]{34}", yes ["PMAK-{h24}-{h34}"], no ["PMAK-x"]),
    token!("figma-token", "FIGMA_TOKEN", At::Keyword, ["figd_", "figdr_"], r"figdr?_[A-Za-z0-9_-]{40,}", yes ["figd_{w40}"], no ["figd_x"]),
    token!("hubspot-token", "HUBSPOT_TOKEN", At::Keyword, ["pat-na", "pat-eu"], r"pat-(?:na|eu)\d-[a-f0-9-]{36}", yes ["pat-eu1-{h8}-{h4}-{h4}-{h4}-{h12}"], no ["pat-eu1-x"]),
    token!("typeform-token", "TYPEFORM_TOKEN", At::Keyword, ["tfp_"], r"tfp_[A-Za-z0-9_.=-]{40,60}", yes ["tfp_{w59}"], no ["tfp_x"]),
    token!("contentful-token", "CONTENTFUL_TOKEN", At::Keyword, ["CFPAT-"], r"CFPAT-[A-Za-z0-9_-]{43}", yes ["CFPAT-{w43}"], no ["CFPAT-x"]),
    token!("readme-key", "README_KEY", At::Keyword, ["rdme_"], r"rdme_[a-z0-9]{70}", yes ["rdme_{l70}"], no ["rdme_x"]),
    token!("frameio-token", "FRAMEIO_TOKEN", At::Keyword, ["fio-u-"], r"fio-u-[A-Za-z0-9=_-]{64}", yes ["fio-u-{w64}"], no ["fio-u-x"]),
    token!("launchdarkly-key", "LAUNCHDARKLY_KEY", At::Keyword, ["sdk-", "mob-", "api-"], r"(?:sdk|mob|api)-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}", yes ["sdk-{h8}-{h4}-{h4}-{h4}-{h12}"], no ["sdk-docs"]),
    token!("settlemint-token", "SETTLEMINT_TOKEN", At::Keyword, ["sm_aat_", "sm_pat_", "sm_sat_"], r"sm_[aps]at_[A-Za-z0-9]{16}", yes ["sm_pat_{a16}"], no ["sm_pat_{a5}"]),
    token!("adafruit-key", "ADAFRUIT_KEY", At::Keyword, ["aio_"], r"aio_[A-Za-z0-9]{28}", yes ["aio_{a28}"], no ["aio_read"]),
    token!("maxmind-key", "MAXMIND_KEY", At::Before(40), ["_mmk"], r"[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk", yes ["{a6}_{a29}_mmk"], no ["x_mmk"]),
    token!("mapbox-token", "MAPBOX_TOKEN", At::Keyword, ["sk.ey", "pk.ey", "tk.ey"], r"[spt]k\.ey[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{16,}", yes ["sk.eyJ1{a50}.{w22}"], no ["sk.eyes"]),
    token!("blynk-token", "BLYNK_TOKEN", At::Keyword, ["oa2-client-id_"], r"oa2-client-id_[A-Za-z0-9_-]{20,}", yes ["oa2-client-id_{w32}"], no ["oa2-client-id_x"]),
    token!("stackhawk-key", "STACKHAWK_KEY", At::Keyword, ["hawk."], r"hawk\.[A-Za-z0-9_-]{20}\.[A-Za-z0-9_-]{20}", yes ["hawk.{w20}.{w20}"], no ["hawk.x"]),
    token!("dtrack-key", "DTRACK_KEY", At::Keyword, ["odt_"], r"odt_[A-Za-z0-9_]{32,}", yes ["odt_{a32}"], no ["odt_file"]),
    token!("thingsboard-token", "THINGSBOARD_TOKEN", At::Keyword, ["/api/v1/"], r"/api/v1/[a-z0-9]{20}/", yes ["/api/v1/{l20}/telemetry"], no ["/api/v1/queries/x"]),
    token!("salesforce-token", "SALESFORCE_TOKEN", At::Keyword, ["00D"], r"00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{80,100}", yes ["00D{a12}!{a96}"], no ["00D{a12}"]),
    // Models.
    token!("anthropic-key", "ANTHROPIC_KEY", At::Keyword, ["sk-ant-"], r"sk-ant-[a-z]+\d{2}-[A-Za-z0-9_-]{60,}", yes ["sk-ant-api03-{w95}"], no ["sk-ant-x"]),
    token!("openai-key", "OPENAI_KEY", At::Keyword, ["sk-"], r"sk-(?:proj-|svcacct-|admin-|None-)?[A-Za-z0-9_-]{32,}", yes ["sk-{a48}", "sk-proj-{w150}"], no ["sk-learn"]),
    token!("huggingface-token", "HUGGINGFACE_TOKEN", At::Keyword, ["hf_", "api_org_"], r"(?:hf_|api_org_)[A-Za-z]{34}", yes ["hf_{c34}"], no ["hf_hub_download"]),
    token!("groq-key", "GROQ_KEY", At::Keyword, ["gsk_"], r"gsk_[A-Za-z0-9]{48,}", yes ["gsk_{a52}"], no ["gsk_x"]),
    token!("perplexity-key", "PERPLEXITY_KEY", At::Keyword, ["pplx-"], r"pplx-[A-Za-z0-9]{48}", yes ["pplx-{a48}"], no ["pplx-x"]),
    token!("replicate-token", "REPLICATE_TOKEN", At::Keyword, ["r8_"], r"r8_[A-Za-z0-9]{37}", yes ["r8_{a37}"], no ["r8_x"]),
    token!("tavily-key", "TAVILY_KEY", At::Keyword, ["tvly-"], r"tvly-[A-Za-z0-9-]{28,}", yes ["tvly-{a32}"], no ["tvly-x"]),
    token!("jina-key", "JINA_KEY", At::Keyword, ["jina_"], r"jina_[A-Za-z0-9_]{60,}", yes ["jina_{a60}"], no ["jina_docs"]),
    token!("firecrawl-key", "FIRECRAWL_KEY", At::Keyword, ["fc-"], r"fc-[a-f0-9]{32}", yes ["fc-{h32}"], no ["fc-list"]),
    token!("wolfram-id", "WOLFRAM_ID", At::Keyword, ["xai-"], r"xai-[A-Za-z0-9]{70,}", yes ["xai-{a80}"], no ["xai-x"]),
    // Social.
    token!("facebook-token", "FACEBOOK_TOKEN", At::Keyword, ["EAAM", "EAAC", "EAA"], r"EAA[MC]?[A-Za-z0-9]{70,}", yes ["EAAM{a120}"], no ["EAA{a9}"]),
    token!("twitter-bearer", "TWITTER_TOKEN", At::Keyword, ["AAAAAAAAAAAAAAAAAAAAA"], r"A{20,22}[A-Za-z0-9%]{70,110}", yes ["AAAAAAAAAAAAAAAAAAAAAA{a80}"], no ["AAAAAAAAAAAAAAAAAAAAAA"]),
    token!("firebase-key", "FIREBASE_KEY", At::Before(26), [":APA91"], r"[A-Za-z0-9_-]{7,24}:APA91[A-Za-z0-9_-]{60,}", yes ["{w11}:APA91{w130}"], no ["x:APA91"]),
    token!("linkedin-id", "LINKEDIN_SECRET", At::Keyword, ["WPL_AP1."], r"WPL_AP1\.[A-Za-z0-9]{10,}\.?[A-Za-z0-9+/=]*", yes ["WPL_AP1.{a16}.{a8}"], no ["WPL_AP1.x"]),
    token!("django-secret", "DJANGO_SECRET", At::Keyword, ["django-insecure-"], r"django-insecure-[a-z0-9#$%&*^@!()+=_-]{40,60}", yes ["django-insecure-{l50}"], no ["django-insecure-x"]),
    token!("jwt", "JWT", At::Keyword, ["eyJ", "ewogI"], r"(?:eyJ|ewogI)[A-Za-z0-9_=+/-]{8,}\.[A-Za-z0-9_=+/-]{4,}(?:\.[A-Za-z0-9_=+/-]*){0,3}", yes ["eyJ{a30}.eyJ{a60}.{w43}"], no ["eyJ{a30}"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_kinds_can_stand_in_placeholders() {
        for rule in TOKENS {
            assert_eq!(TOKENS.iter().filter(|it| it.id == rule.id).count(), 1, "{}", rule.id);
            assert!(super::super::super::placeholder::is_kind(rule.kind), "{}", rule.kind);
        }
    }
}
