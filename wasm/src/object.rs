//! Plain JavaScript objects, as the facade's types describe them.

/// Declares the type of a plain object with a setter for each of its properties: `setter = property: type`.
macro_rules! object {
    ($($(#[$doc:meta])* $name:ident { $($setter:ident = $property:ident: $type:ty,)* })+) => {$(
        #[wasm_bindgen]
        extern "C" {
            $(#[$doc])*
            #[wasm_bindgen(js_name = Object, typescript_type = "object")]
            #[derive(Debug)]
            pub type $name;
            #[wasm_bindgen(constructor, js_class = "Object")]
            fn new() -> $name;
            $(
                #[wasm_bindgen(method, structural, setter = $property)]
                fn $setter(this: &$name, value: $type);
            )*
        }
    )+};
}

/// Declares the type of a plain object that the facade passes in, with a getter for each of its properties.
#[cfg(feature = "identity")]
macro_rules! argument {
    ($($(#[$doc:meta])* $name:ident { $($getter:ident = $property:ident: $type:ty,)* })+) => {$(
        #[wasm_bindgen]
        extern "C" {
            $(#[$doc])*
            #[wasm_bindgen(js_name = Object, typescript_type = "object")]
            #[derive(Debug)]
            pub type $name;
            $(
                #[wasm_bindgen(method, structural, getter = $property)]
                fn $getter(this: &$name) -> $type;
            )*
        }
    )+};
}

#[cfg(feature = "identity")]
pub(crate) use argument;
pub(crate) use object;
