//! Settings and the environment: what a person, a repository and a machine
//! say about how prode should behave.
//!
//! This is the only reader of environment variables. Layers, weakest first:
//! built-in defaults, the user's file, the repository's `prode.yaml`, `PRODE_*`
//! variables, `--config`. They are parsed once into [`Settings`], made of small
//! structs that features own. The repository's file is not trusted: it may not
//! name commands, endpoints, credentials or a store. Reading never fails
//! because of what a file holds: a value that is wrong is reported and the
//! weaker layer's stays. Values that are secret are never shown.

mod allowed;
mod environment;
mod error;
mod keys;
mod layer;
mod origin;
mod overrides;
mod schema;
mod secret;
mod section;
mod settings;
mod takes;
mod user_file;
mod yaml;

pub use allowed::{Allowed, AllowedError, allow, is_allowed};
pub use environment::{Environment, Platform};
pub use error::ConfigError;
pub use keys::{KEYS, Key, MayCome};
pub use origin::{Origin, Problem};
pub use overrides::Override;
pub use secret::{SHOWN, Secret};
pub use section::Section;
pub use settings::{Memory, RoutingValues, Settings, Sources, TrunkName, ValueOrigin};
pub use takes::Takes;
pub use user_file::UserFile;
