//! The objects that printpdf makes, in the syntax of PDF.

use super::syntax::{bytes, integer, reference};
use lopdf::{Dictionary, Object, StringFormat};

/// Appends `object`; a stream only as its dictionary.
pub fn object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Object::Integer(value) => integer(out, *value),
        Object::Real(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Name(value) => name(out, value),
        Object::String(value, StringFormat::Literal | StringFormat::Hexadecimal) => bytes(out, value),
        Object::Array(values) => {
            out.push(b'[');
            for (i, value) in values.iter().enumerate() {
                if i > 0 {
                    out.push(b' ');
                }
                self::object(out, value);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => {
            out.extend_from_slice(b"<<");
            entries(out, dictionary);
            out.extend_from_slice(b">>");
        }
        Object::Stream(stream) => {
            out.extend_from_slice(b"<<");
            entries(out, &stream.dict);
            out.extend_from_slice(b">>");
        }
        Object::Reference((number, _)) => reference(out, *number),
    }
}

/// Appends the entries of a dictionary.
pub fn entries(out: &mut Vec<u8>, dictionary: &Dictionary) {
    for (key, value) in dictionary {
        name(out, key);
        if !matches!(value, Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)) {
            out.push(b' ');
        }
        object(out, value);
    }
}

/// Appends a name, what is not plain in it as two hexadecimal digits (ISO 32000-1 §7.3.5).
fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            out.push(byte);
        } else {
            out.push(b'#');
            out.extend([byte >> 4, byte & 15].map(|n| b"0123456789ABCDEF"[usize::from(n)]));
        }
    }
}
