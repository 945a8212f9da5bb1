//! Statements that go to the database together.
//!
//! SQLite runs on a thread of its own. To hand it a statement and to be woken by its answer takes several times as long as
//! most of our statements run, so what needs no answer in between is handed over at once (`cargo xtask bench portal`).
//! PostgreSQL takes the same statements one after the other.

use std::fmt::Write;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement};

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
