//! What is there, what is missing, how it is got, who needs it.

use crate::{
    parts,
    say::Say,
    tools::{State, Tool},
};

/// Prints the table; true where nothing is missing.
pub(crate) fn run(say: &Say) -> bool {
    let mut complete = true;
    say.plain(format!("{:<22} {:<8} {:<44} needed by", "what", "state", "version, or how it will be got"));
    for tool in Tool::all() {
        let needed_by: Vec<&str> =
            parts::ALL.iter().filter(|part| part.needs.contains(&tool)).map(|part| part.name).collect();
        let (state, text) = match tool.state() {
            State::Ready(version) => ("there", version),
            State::Missing(why) => {
                complete = false;
                ("missing", format!("{} ({why})", tool.how()))
            }
        };
        say.plain(format!("{:<22} {state:<8} {text:<44} {}", tool.to_string(), needed_by.join(", ")));
    }
    say.plain(if complete {
        "\nNothing is missing."
    } else {
        "\n`cargo xtask setup` gets all of it; `test` and `demo` get what they need by themselves."
    });
    complete
}
