#![doc = include_str!("../README.md")]

pub mod accounts;
pub mod app;
pub mod audit;
pub mod clock;
pub mod config;
pub mod mail;
pub mod maintenance;
pub mod observe;
pub mod page;
pub mod problem;
pub mod request;
pub mod second_factor {
    //! shim
    #![allow(missing_docs, reason = "replaced by the module of that name")]
    use crate::{Portal, problem::*, request::Source};
    #[derive(Debug)]
    pub enum Proof {
        Code,
        Recovery,
    }
    impl Proof {
        pub fn one_of(_: Option<String>, _: Option<String>) -> Outcome<Self> {
            Ok(Self::Code)
        }
    }
    pub enum Purpose {
        Login,
    }
    pub struct Passed(pub sea_orm::DatabaseTransaction);
    impl Passed {
        pub fn tx(&self) -> &sea_orm::DatabaseTransaction {
            &self.0
        }
        pub async fn commit(self) -> Outcome<()> {
            Ok(())
        }
    }
    pub async fn check(_: &Portal, _: uuid::Uuid, _: Source, _: &Proof, _: Purpose) -> Outcome<Passed> {
        Err(Code::CodeRefused.into())
    }
    pub async fn is_active(_: &Portal, _: uuid::Uuid) -> Outcome<bool> {
        Ok(false)
    }
}
pub mod serve;
pub mod storage;
pub mod throttle;
pub mod token;

pub use app::Portal;
