//! Statements that go to the database together.
//!
//! SQLite runs on a thread of its own. To hand it a statement and to be woken by its answer takes several times as long as
//! most of our statements run, so what needs no answer in between is handed over at once (`cargo xtask bench portal`).
//! PostgreSQL takes the same statements one after the other.

use std::fmt::Write as _;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement,
    sea_query::{Expr, SimpleExpr},
};

/// Runs writes in their order.
///
/// # Errors
/// That of the first one that fails; the transaction then is of no use any more.
pub async fn execute(tx: &DatabaseTransaction, statements: Vec<Statement>) -> Result<(), DbErr> {
    for statement in prepared(tx.get_database_backend(), statements) {
        tx.execute_raw(statement).await?;
    }
    Ok(())
}

/// A write among others: one that finds as many rows as it finds, or one that must find its row.
#[derive(Debug)]
pub struct Write<M> {
    statement: Statement,
    must: Option<(&'static str, M)>,
}

impl<M> Write<M> {
    /// One that needs no answer.
    pub fn any(statement: Statement) -> Self {
        Self { statement, must: None }
    }

    /// One that must find its row, which it answers with [`hit`] of this name, once in a list; `missed` when it does not.
    pub fn must(name: &'static str, statement: Statement, missed: M) -> Self {
        Self { statement, must: Some((name, missed)) }
    }

    /// The same, with something else for a row that is missed.
    pub fn map<N>(self, missed: impl FnOnce(M) -> N) -> Write<N> {
        Write { statement: self.statement, must: self.must.map(|(name, why)| (name, missed(why))) }
    }
}

/// What [`Write::must`] answers with: the column of a `SELECT` or `RETURNING`.
#[must_use]
pub fn hit(name: &'static str) -> SimpleExpr {
    Expr::cust(format!("'{name}'"))
}

/// Runs writes in their order, and says which one was the first that did not find its row: the transaction then is to be
/// rolled back, whatever the others did.
///
/// # Errors
/// As [`execute`].
pub async fn write<M>(tx: &DatabaseTransaction, writes: Vec<Write<M>>) -> Result<Result<(), M>, DbErr> {
    let (statements, musts): (Vec<_>, Vec<_>) = writes.into_iter().map(|write| (write.statement, write.must)).unzip();
    let rows = query(tx, statements).await?;
    let hits = rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect::<Result<Vec<_>, _>>()?;
    let missed = musts.into_iter().flatten().find(|(name, _)| !hits.iter().any(|hit| hit == name));
    Ok(missed.map_or(Ok(()), |(_, missed)| Err(missed)))
}

/// Runs statements in their order; the rows of all of them, in that order too.
///
/// # Errors
/// As [`execute`].
pub async fn query(tx: &DatabaseTransaction, statements: Vec<Statement>) -> Result<Vec<QueryResult>, DbErr> {
    let mut rows = Vec::new();
    for statement in prepared(tx.get_database_backend(), statements) {
        rows.extend(tx.query_all_raw(statement).await?);
    }
    Ok(rows)
}

fn prepared(backend: DbBackend, statements: Vec<Statement>) -> Vec<Statement> {
    if backend == DbBackend::Sqlite && statements.len() > 1 { vec![joined(statements)] } else { statements }
}

/// One text with one list of values. A parameter is `?` or `$n` within its statement, and `$n` of the whole list then.
fn joined(statements: Vec<Statement>) -> Statement {
    let (mut sql, mut all) = (String::new(), Vec::new());
    for statement in statements {
        if !sql.is_empty() {
            sql.push_str("; ");
        }
        renumber(&statement.sql, all.len(), &mut sql);
        all.extend(statement.values.into_iter().flatten());
    }
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, all)
}

fn renumber(sql: &str, offset: usize, out: &mut String) {
    let mut letters = sql.chars().peekable();
    let (mut quote, mut last) = (None, 0);
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (None, '?') => {
                last += 1;
                let _ = write!(out, "${}", offset + last);
            }
            (None, '$') => {
                let mut number = 0;
                while let Some(digit) = letters.peek().and_then(|letter| letter.to_digit(10)) {
                    number = number * 10 + usize::try_from(digit).unwrap_or_default();
                    letters.next();
                }
                let _ = write!(out, "${}", offset + number);
            }
            (None, '\'' | '"') => {
                quote = Some(letter);
                out.push(letter);
            }
            (Some(open), _) if open == letter => {
                quote = None;
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use sea_orm::{Database, TransactionTrait};

    use super::*;

    fn sqlite(sql: &str, values: Vec<sea_orm::Value>) -> Statement {
        Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
    }

    /// A value in another value's place would be the worst that could happen here.
    #[tokio::test]
    async fn every_value_stays_with_its_statement() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        let tx = db.begin().await.unwrap();
        tx.execute_unprepared("CREATE TABLE t (a INTEGER, b TEXT, c TEXT DEFAULT '$1 ? \"')").await.unwrap();
        execute(
            &tx,
            vec![
                sqlite("INSERT INTO t (a, b) VALUES (?, ?)", vec![1.into(), "one".into()]),
                sqlite("INSERT INTO \"t\" (a, b, c) VALUES ($1, $2, '$1? it''s') ", vec![2.into(), "two".into()]),
                sqlite("INSERT INTO t (b, a) VALUES ($2, $1)", vec![3.into(), "three".into()]),
                sqlite("UPDATE t SET b = b || $1 || $1 WHERE a = $2", vec!["!".into(), 3.into()]),
                sqlite("DELETE FROM t WHERE a = 99", vec![]),
            ],
        )
        .await
        .unwrap();
        let found = query(
            &tx,
            vec![
                sqlite("SELECT b, c FROM t WHERE a = ?", vec![2.into()]),
                sqlite("SELECT b, c FROM t WHERE a = $1", vec![1.into()]),
                sqlite("UPDATE t SET a = a + $1 WHERE a = $2 RETURNING b, c", vec![10.into(), 3.into()]),
            ],
        )
        .await
        .unwrap();
        let found: Vec<(String, String)> = found.iter().map(|row| row.try_get_many_by_index().unwrap()).collect();
        let expected = [("two", "$1? it's"), ("one", "$1 ? \""), ("three!!", "$1 ? \"")];
        assert_eq!(found, expected.map(|(b, c)| (b.to_owned(), c.to_owned())));
    }

    /// A spent code or ticket must be noticed wherever it stands among the writes.
    #[tokio::test]
    async fn a_row_that_is_missed_is_told() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        db.execute_unprepared("CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER)").await.unwrap();
        let insert = || Write::any(sqlite("INSERT INTO t VALUES ($1, $2)", vec![1.into(), 1.into()]));
        let must = |name, old: i32| {
            let sql = format!("UPDATE t SET b = 2 WHERE a = 1 AND b = $1 RETURNING '{name}'");
            Write::must(name, sqlite(&sql, vec![old.into()]), name)
        };
        for (writes, expected) in [
            (vec![insert()], Ok(())),
            (vec![insert(), must("first", 1)], Ok(())),
            (vec![insert(), must("first", 1), must("again", 2)], Ok(())),
            (vec![must("first", 1), insert()], Err("first")),
            (vec![insert(), must("first", 1), must("again", 1)], Err("again")),
            (vec![insert(), must("first", 9), must("again", 9)], Err("first")),
        ] {
            let tx = db.begin().await.unwrap();
            assert_eq!(write(&tx, writes).await.unwrap(), expected);
            tx.rollback().await.unwrap();
        }
    }

    /// What fails in the middle must not look like success.
    #[tokio::test]
    async fn one_that_fails_fails_all() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        db.execute_unprepared("CREATE TABLE t (a INTEGER PRIMARY KEY)").await.unwrap();
        let tx = db.begin().await.unwrap();
        let insert = |a: i32| sqlite("INSERT INTO t VALUES ($1)", vec![a.into()]);
        assert!(execute(&tx, vec![insert(1), insert(1), insert(2)]).await.is_err());
        tx.rollback().await.unwrap();
        let rows = db.query_all_raw(sqlite("SELECT a FROM t", vec![])).await.unwrap();
        assert!(rows.is_empty());
    }
}
