// Takes out of a module what only a panic (or wasm-bindgen's own complaint about a bug) would use, and shortens names.
//
// The shipped build cannot print the message of a panic: there is no console behind it. Still rustc leaves in the
// functions that put such messages together, the source paths and the places: a fifth of `gatepass/otp`, and paths of
// the machine that built it. Here those functions become `unreachable`, which is what they end in anyway; so do the
// ones that format values, when nothing else is left that calls them; and the texts and places become zeros, which
// wasm-opt drops. No other code can reach any of it, and the whole test suite of the package runs on the result.

// @ts-check
import binaryen from 'binaryen';

binaryen.setDebugInfo(true);

/** Functions that never return: they format a message and call the panic handler. */
const PANICKING = [
	/^core(\[\w+\])?::panicking::/,
	/^core(\[\w+\])?::(slice|str)::.*_fail(_\w+)?(::|$)/,
	/^core(\[\w+\])?::(cell|option|result)::(panic|unwrap|expect)_\w+/,
	/^alloc(\[\w+\])?::(alloc::handle_alloc_error|raw_vec::(handle_error|capacity_overflow))/,
	/^alloc(\[\w+\])?::.*::assert_failed/,
	/::rust_begin_unwind$/,
	/::__rust_alloc_error_handler$/,
	/::__rdl_alloc_error_handler$/,
	/^wasm_bindgen::(__rt::)?throw_(str|null)(::|$)/,
];

/** Texts that occur in panic messages only: source paths, and what core and alloc say. */
const MESSAGES =
	/[\w\-./[\]]+\.rs(?!\w)|(slice index starts at | but ends at |range start index |range end index | out of range for slice of length |index out of bounds: the len is | but the index is |memory allocation of | bytes failed|copy_from_slice: source slice length \(|\) does not match destination slice length \(|internal error: entered unreachable code(: )?|The JS binding should only ever produce a valid value or the specific 'invalid' value|attempted to take ownership of Rust value while it was borrowed|null pointer passed to rust|recursive use of an object detected which would lead to unsafe aliasing in rust|capacity overflow|attempt to (add|subtract|multiply|divide|negate|calculate the remainder|shift left|shift right) with overflow|attempt to (divide by zero|calculate the remainder with a divisor of zero)|called `(Option|Result)::(unwrap|expect)(_err)?\(\)` on an? `(None|Err|Ok)` value|already (mutably )?borrowed|assertion failed: |assertion `left (==|!=) right` failed)/g;

/** The two-digit table of `core::fmt`, dead when no number is formatted any more. */
const DECIMALS = /00010203\d{184}96979899/g;

/**
 * @param {Uint8Array} wasm a module with its name section
 * @param {string} glue the script that wasm-bindgen made for it
 * @returns {{wasm: Uint8Array<ArrayBuffer>, glue: string}}
 */
export function shrink(wasm, glue) {
	const module = binaryen.readBinary(wasm);
	const panicking = functionsOf(module).filter(
		({ name, module: imported }) => imported === '' && PANICKING.some((pattern) => pattern.test(name)),
	);
	if (panicking.length === 0) throw new Error('No panic function was found: is the name section gone?');
	end(module, panicking);
	module.runPasses(['remove-unused-module-elements']);
	const formatting = deadFormatting(module);
	end(module, formatting ?? []);
	const renamed = shortenImports(module, glue);
	const bytes = module.emitBinary();
	module.dispose();
	return {
		wasm: blankMessages(bytes, formatting === undefined ? [MESSAGES] : [MESSAGES, DECIMALS]),
		glue: renamed,
	};
}

/** @typedef {ReturnType<typeof binaryen.getFunctionInfo>} FunctionInfo */

/** @param {binaryen.Module} module @param {FunctionInfo[]} functions */
function end(module, functions) {
	for (const { name, params, results } of functions) {
		module.removeFunction(name);
		module.addFunction(name, params, results, [], module.unreachable());
	}
}

/**
 * The functions of `core::fmt` and of the types that it prints, when they call only each other and nothing can
 * collect what they write; otherwise undefined.
 * @param {binaryen.Module} module
 */
function deadFormatting(module) {
	const functions = functionsOf(module).filter(({ module: imported }) => imported === '');
	const formatting = functions.filter(({ name }) => name.includes('::fmt::'));
	const names = new Set(formatting.map(({ name }) => name));
	if (formatting.some(({ name }) => /string::String as .*::fmt::Write/.test(name))) return undefined;
	let caller = '';
	for (const line of module.emitText().split('\n')) {
		const [, started] = /^ \(func \$("[^"]*"|[^\s)]+)/.exec(line) ?? [];
		if (started !== undefined) caller = unquoted(started);
		for (const [, called] of line.matchAll(/\(call \$("[^"]*"|[^\s)]+)/g)) {
			if (names.has(unquoted(called)) && !names.has(caller)) return undefined;
		}
	}
	return formatting;
}

/** @param {string} name as it stands in WebAssembly text */
function unquoted(name) {
	return name.startsWith('"') ? name.slice(1, -1) : name;
}

/**
 * Gives the functions that the script hands in names of two characters: the long ones end in hashes, which do not
 * compress.
 * @param {binaryen.Module} module @param {string} glue
 */
function shortenImports(module, glue) {
	const imports = functionsOf(module).filter(({ module: imported }) => imported !== '');
	const from = imports[0]?.module ?? '';
	let script = glue.replaceAll(JSON.stringify(from), '"./i"');
	imports.forEach(({ name, base, params, results }, index) => {
		const short = index.toString(36).padStart(2, '_');
		const entries = script.split(`        ${base}: function(`);
		if (entries.length !== 2) throw new Error(`The script has ${entries.length - 1} functions ${base}.`);
		script = entries.join(`        "${short}": function(`);
		module.removeFunction(name);
		module.addFunctionImport(name, './i', short, params, results);
	});
	return script;
}

/** @param {binaryen.Module} module */
function functionsOf(module) {
	return Array.from({ length: module.getNumFunctions() }, (_, index) =>
		binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
	);
}

/**
 * @param {Uint8Array} wasm
 * @param {RegExp[]} patterns
 */
function blankMessages(wasm, patterns) {
	const bytes = Uint8Array.from(wasm);
	const view = new DataView(bytes.buffer);
	const segments = dataSegments(bytes);
	/** @type {Map<number, Set<number>>} address → lengths of the texts found there */
	const texts = new Map();
	for (const { start, end, address } of segments) {
		const text = Buffer.from(bytes.buffer, start, end - start).toString('latin1');
		for (const found of patterns.flatMap((pattern) => [...text.matchAll(pattern)])) {
			const at = address + found.index;
			texts.set(at, (texts.get(at) ?? new Set()).add(found[0].length));
			bytes.fill(0, start + found.index, start + found.index + found[0].length);
		}
	}
	// `core::panic::Location`: address and length of a path, line, column.
	for (const { start, end, address } of segments) {
		for (let at = start + ((4 - (address % 4)) % 4); at + 16 <= end; at += 4) {
			const lengths = texts.get(view.getUint32(at, true));
			const [length, line, column] = [4, 8, 12].map((offset) => view.getUint32(at + offset, true));
			if (lengths?.has(length) && line < 100_000 && column < 1_000) bytes.fill(0, at, at + 16);
		}
	}
	return bytes;
}

/**
 * The active data segments of a module as ranges of its bytes and their addresses in memory.
 * @param {Uint8Array} bytes
 */
function dataSegments(bytes) {
	let at = 8;
	const leb = () => {
		let value = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = bytes[at++];
			value |= (byte & 0x7f) << shift;
			if (byte < 0x80) return value >>> 0;
		}
	};
	const segments = [];
	while (at < bytes.length) {
		const section = bytes[at++];
		const next = leb() + at;
		if (section === 11) {
			for (let count = leb(); count > 0; count--) {
				const kind = leb();
				if (kind !== 0 || bytes[at++] !== 0x41) throw new Error('Only active segments at a constant are known.');
				const address = leb();
				at++; // end of the address expression
				const length = leb();
				segments.push({ start: at, end: at + length, address });
				at += length;
			}
		}
		at = next;
	}
	return segments;
}
