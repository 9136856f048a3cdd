//! A real PostgreSQL server on the loopback, with data of its own, and a word
//! with its administrator.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

use super::git_daemon::free_port;
use super::hermetic;
use super::tls::{Identity, authority, usual};

/// Who runs the server where the tests are root, whom it refuses: `nobody`.
const NOBODY: u32 = 65_534;

/// Who is let in how, before those whom everybody is.
const LET_IN: &str = "hostssl all by_password 127.0.0.1/32 scram-sha-256
hostssl all by_certificate 127.0.0.1/32 cert
hostnossl all by_password,by_certificate 127.0.0.1/32 reject
";

/// The password of the role that has one.
pub(crate) const PASSWORD: [&str; 2] = ["a-password", "-of-nobody"];

/// A server. It ends with the value, or with the process.
pub(crate) struct Cluster {
    folder: TempDir,
    port: u16,
    databases: AtomicU32,
    /// Ends the server and takes its folder away once its input ends, which a
    /// killed process cannot prevent.
    keeper: Option<(Child, ChildStdin)>,
}

/// The one that all tests share which do not stop it; `None` where PostgreSQL
/// is not installed, which is said.
pub(crate) fn shared() -> Option<&'static Cluster> {
    static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
    let cluster = SHARED.get_or_init(|| Cluster::start(&["fsync=off"])).as_ref();
    if cluster.is_none() {
        skipped();
    }
    cluster
}

/// One of a test's own, which keeps what it acknowledges.
pub(crate) fn own(settings: &[&str]) -> Option<Cluster> {
    let cluster = Cluster::start(settings);
    if cluster.is_none() {
        skipped();
    }
    cluster
}

#[allow(clippy::print_stderr, reason = "tests/run counts what is skipped")]
fn skipped() {
    eprintln!("skipped: PostgreSQL is not installed");
}

impl Cluster {
    fn start(settings: &[&str]) -> Option<Self> {
        let initdb = program("initdb")?;
        let cluster = Self::empty();
        let mut make = unprivileged(&initdb, cluster.folder());
        make.args(["--no-sync", "--auth=trust", "--username=admin", "--encoding=UTF8"]);
        quietly(make.args(["--locale=C", "-D"]).arg(cluster.data()));
        cluster.show(&authority().signs(&["127.0.0.1", "localhost", "db.example.org"], usual));
        cluster.put("ca.crt", authority().pem());
        let hba = fs::read_to_string(cluster.data().join("pg_hba.conf")).expect("made by initdb");
        cluster.put("pg_hba.conf", &format!("{LET_IN}{hba}"));
        let encrypts = ["ssl=on", "ssl_ca_file=ca.crt"];
        let cluster = cluster.begun(&[&encrypts, settings].concat());
        Sql::open(&cluster.address("postgres")).run(&format!(
            "CREATE ROLE by_password LOGIN PASSWORD '{}'; CREATE ROLE by_certificate LOGIN",
            PASSWORD.concat()
        ));
        Some(cluster)
    }

    /// Shows another certificate to whoever connects from the next start or reload on.
    pub(crate) fn show(&self, identity: &Identity) {
        self.put("server.crt", &identity.certificate);
        self.put("server.key", &identity.key);
    }

    /// The file with who signed its certificate.
    pub(crate) fn ca(&self) -> PathBuf {
        self.data().join("ca.crt")
    }

    /// A file of its own, which nobody else may read.
    fn put(&self, name: &str, text: &str) {
        let path = self.data().join(name);
        fs::write(&path, text).expect("a written file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("our own file");
        if is_root() {
            chown(&path, Some(NOBODY), Some(NOBODY)).expect("root gives it away");
        }
    }

    /// Another server that keeps up with this one, and only reads.
    pub(crate) fn standby(&self) -> Self {
        let cluster = Self::empty();
        let copy = program("pg_basebackup").expect("it stands beside initdb");
        let mut copy = unprivileged(&copy, cluster.folder());
        copy.args(["-R", "-X", "stream", "-c", "fast", "-h", "127.0.0.1", "-U", "admin"]);
        quietly(copy.args(["-p", &self.port.to_string(), "-D"]).arg(cluster.data()));
        cluster.begun(&[])
    }

    /// Lets a standby write.
    pub(crate) fn promote(&self) {
        quietly(self.control().args(["-w", "promote"]));
    }

    fn empty() -> Self {
        let folder = tempfile::Builder::new().prefix("pg").tempdir().expect("a temporary folder");
        if is_root() {
            chown(folder.path(), Some(NOBODY), Some(NOBODY)).expect("root gives it away");
        }
        Self { folder, port: free_port(), databases: AtomicU32::new(0), keeper: None }
    }

    fn begun(mut self, settings: &[&str]) -> Self {
        self.configure(settings);
        self.up();
        self.keeper = Some(self.keeper());
        self
    }

    fn configure(&self, settings: &[&str]) {
        let folder = self.folder.path().display();
        let mut text = format!(
            "listen_addresses = '127.0.0.1'\nport = {}\nunix_socket_directories = '{folder}'\n\
            max_connections = 60\nshared_buffers = '32MB'\n",
            self.port
        );
        for setting in settings {
            let (name, value) = setting.split_once('=').expect("name=value");
            text.push_str(&format!("{name} = '{value}'\n"));
        }
        let path = self.data().join("postgresql.conf");
        let before = fs::read_to_string(&path).expect("made by initdb");
        fs::write(path, before + &text).expect("a written file");
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Starts it, and waits until it answers.
    pub(crate) fn up(&self) {
        let log = self.folder.path().join("log");
        quietly(self.control().args(["-w", "-t", "60", "-l"]).arg(log).arg("start"));
    }

    /// Ends it as a loss of power does: without a word to its clients, and with
    /// no more on the disk than it was sure of.
    pub(crate) fn crash(&self) {
        quietly(self.control().args(["-w", "-m", "immediate", "stop"]));
    }

    fn control(&self) -> Command {
        let program = program("pg_ctl").expect("it stands beside initdb");
        let mut command = unprivileged(&program, self.folder.path());
        command.arg("-D").arg(self.data());
        command
    }

    fn keeper(&self) -> (Child, ChildStdin) {
        let stop = self.control();
        let script =
            "folder=$1; shift; cat >/dev/null; \"$@\" -m immediate stop; rm -rf \"$folder\"";
        let mut keeper = hermetic("sh", self.folder.path());
        keeper.args(["-c", script, "keeper"]).arg(self.folder.path());
        keeper.arg(stop.get_program()).args(stop.get_args());
        // What ends the tests as a group, such as a key at the terminal, leaves it alive.
        keeper.process_group(0);
        keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = keeper.spawn().expect("sh starts");
        let input = child.stdin.take().expect("a pipe");
        (child, input)
    }

    /// A new database; its address.
    pub(crate) fn database(&self) -> String {
        let name = format!("db{}", self.databases.fetch_add(1, Ordering::Relaxed));
        Sql::open(&self.address("postgres")).run(&format!("CREATE DATABASE {name}"));
        self.address(&name)
    }

    /// The address of a database, as its administrator.
    pub(crate) fn address(&self, database: &str) -> String {
        format!("postgresql://admin@127.0.0.1:{}/{database}", self.port)
    }

    /// The folder of its socket.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some((mut child, input)) = self.keeper.take() {
            drop(input);
            let _ = child.wait();
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "programs are found through PATH")]
fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let folders = std::env::split_paths(&path).chain(debian.map(|it| it.path().join("bin")));
    folders.map(|folder| folder.join(name)).find(|it| it.is_file())
}

fn is_root() -> bool {
    let own = tempfile::NamedTempFile::new().expect("a temporary file");
    let data = own.as_file().metadata().expect("it is open");
    std::os::unix::fs::MetadataExt::uid(&data) == 0
}

fn unprivileged(program: &Path, home: &Path) -> Command {
    if !is_root() {
        return hermetic(program.to_str().expect("a usual path"), home);
    }
    let mut command = hermetic("setpriv", home);
    command.args([&format!("--reuid={NOBODY}"), &format!("--regid={NOBODY}"), "--clear-groups"]);
    command.arg(program);
    command
}

fn quietly(command: &mut Command) {
    // A server that goes on would hold a pipe open.
    let log = tempfile::NamedTempFile::new().expect("a temporary file");
    let told = || Stdio::from(log.reopen().expect("it is there"));
    let status = command.stdout(told()).stderr(told()).status().expect("it starts");
    let said = fs::read_to_string(log.path()).unwrap_or_default();
    assert!(status.success(), "{command:?}: {said}");
}

/// A connection on which anything may be said.
pub(crate) struct Sql {
    runtime: Runtime,
    client: Client,
}

impl Sql {
    pub(crate) fn open(address: &str) -> Self {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.enable_all().build().expect("a runtime");
        let client = runtime.block_on(async {
            let (client, connection) =
                tokio_postgres::connect(address, NoTls).await.expect("the server answers");
            tokio::spawn(connection);
            client
        });
        Self { runtime, client }
    }

    /// Takes statements; the values of the first column of their rows.
    pub(crate) fn run(&self, sql: &str) -> Vec<String> {
        let said = self.runtime.block_on(self.client.simple_query(sql)).expect(sql);
        let rows = said.iter().filter_map(|it| match it {
            SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or("NULL").to_owned()),
            _ => None,
        });
        rows.collect()
    }

    /// Whether the server refuses a statement.
    pub(crate) fn refuses(&self, sql: &str) -> bool {
        self.runtime.block_on(self.client.simple_query(sql)).is_err()
    }
}
