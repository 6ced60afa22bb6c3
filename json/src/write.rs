//! Writing.

use serde::Serialize;
use serde::ser::{
    Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};

use crate::Unexpected;

type Written = Result<(), Unexpected>;

/// Writes a value without blanks.
pub fn write(value: &impl Serialize) -> Result<String, Unexpected> {
    let mut text = String::new();
    value.serialize(Writer(&mut text))?;
    Ok(text)
}

struct Writer<'t>(&'t mut String);

impl Writer<'_> {
    fn push(self, text: &str) -> Written {
        self.0.push_str(text);
        Ok(())
    }
}

fn string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..' ' => {
                out.push_str("\\u00");
                let code = u32::from(c);
                out.extend(
                    [code / 16, code % 16]
                        .map(|digit| char::from_digit(digit, 16))
                        .into_iter()
                        .flatten(),
                );
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// The shortest decimal that reads back the same.
#[cfg(target_arch = "wasm32")]
fn float(value: f64) -> String {
    js_sys::Number::from(value)
        .to_string_with_radix(10)
        .map(String::from)
        .unwrap_or_default()
}

#[cfg(not(target_arch = "wasm32"))]
fn float(value: f64) -> String {
    format!("{value:?}")
}

/// A narrow number is written like the wide one of its kind.
macro_rules! widened {
    ($($method:ident($number:ty) as $wide:ident,)*) => {
        $(fn $method(self, value: $number) -> Written {
            self.$wide(value.into())
        })*
    };
}

impl<'t> Serializer for Writer<'t> {
    type Ok = ();
    type Error = Unexpected;
    type SerializeSeq = Parts<'t>;
    type SerializeTuple = Parts<'t>;
    type SerializeTupleStruct = Impossible<(), Unexpected>;
    type SerializeTupleVariant = Impossible<(), Unexpected>;
    type SerializeMap = Parts<'t>;
    type SerializeStruct = Parts<'t>;
    type SerializeStructVariant = Impossible<(), Unexpected>;

    widened! {
        serialize_i8(i8) as serialize_i64, serialize_i16(i16) as serialize_i64,
        serialize_i32(i32) as serialize_i64, serialize_u8(u8) as serialize_u64,
        serialize_u16(u16) as serialize_u64, serialize_u32(u32) as serialize_u64,
        serialize_f32(f32) as serialize_f64,
    }

    fn serialize_bool(self, value: bool) -> Written {
        self.push(if value { "true" } else { "false" })
    }

    fn serialize_i64(self, value: i64) -> Written {
        self.push(&value.to_string())
    }

    fn serialize_u64(self, value: u64) -> Written {
        self.push(&value.to_string())
    }

    fn serialize_f64(self, value: f64) -> Written {
        match value.is_finite() {
            true => self.push(&float(value)),
            false => self.push("null"),
        }
    }

    fn serialize_char(self, value: char) -> Written {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written {
        string(value, self.0);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Written {
        Err(Unexpected)
    }

    fn serialize_none(self) -> Written {
        self.push("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.push("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.push("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, word: &'static str) -> Written {
        self.serialize_str(word)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Written {
        Err(Unexpected)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'t>, Unexpected> {
        Ok(Parts::begin(self.0, '['))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'t>, Unexpected> {
        Ok(Parts::begin(self.0, '['))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Unexpected> {
        Err(Unexpected)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unexpected> {
        Err(Unexpected)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'t>, Unexpected> {
        Ok(Parts::begin(self.0, '{'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'t>, Unexpected> {
        Ok(Parts::begin(self.0, '{'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unexpected> {
        Err(Unexpected)
    }
}

/// A list or an object in the making.
struct Parts<'t> {
    text: &'t mut String,
    is_first: bool,
}

impl<'t> Parts<'t> {
    fn begin(text: &'t mut String, with: char) -> Self {
        text.push(with);
        Self {
            text,
            is_first: true,
        }
    }

    fn part(&mut self) -> Writer<'_> {
        if !std::mem::take(&mut self.is_first) {
            self.text.push(',');
        }
        Writer(self.text)
    }

    fn finish(self, with: char) -> Written {
        self.text.push(with);
        Ok(())
    }
}

impl SerializeSeq for Parts<'_> {
    type Ok = ();
    type Error = Unexpected;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(self.part())
    }

    fn end(self) -> Written {
        self.finish(']')
    }
}

impl SerializeTuple for Parts<'_> {
    type Ok = ();
    type Error = Unexpected;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(self.part())
    }

    fn end(self) -> Written {
        self.finish(']')
    }
}

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Unexpected;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        key.serialize(self.part())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.text.push(':');
        value.serialize(Writer(self.text))
    }

    fn end(self) -> Written {
        self.finish('}')
    }
}

impl SerializeStruct for Parts<'_> {
    type Ok = ();
    type Error = Unexpected;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Written {
        self.part().serialize_str(key)?;
        self.serialize_value(value)
    }

    fn end(self) -> Written {
        self.finish('}')
    }
}
