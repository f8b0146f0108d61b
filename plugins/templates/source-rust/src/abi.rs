//! The part of touchline/plugin.h that this connector uses, as Rust sees it.
#![allow(dead_code)]

use std::os::raw::{c_char, c_void};

pub type Status = i32;
pub const OK: Status = 0;
pub const END: Status = 1;
pub const CONFIG: Status = -5;
pub const BAD_DATA: Status = -6;
pub const UNSUPPORTED: Status = -8;
pub const INTERNAL: Status = -9;

pub const JSON_NULL: i32 = 1;
pub const JSON_STRING: i32 = 5;
pub const JSON_ARRAY: i32 = 6;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Str {
    pub p: *const u8,
    pub n: u64,
}

impl Str {
    pub fn of(text: &[u8]) -> Str {
        Str { p: text.as_ptr(), n: text.len() as u64 }
    }
    /// # Safety
    /// The bytes have to live as long as the slice is used: until the call that brought them returns.
    pub unsafe fn bytes<'a>(self) -> &'a [u8] {
        if self.n == 0 { &[] } else { std::slice::from_raw_parts(self.p, self.n as usize) }
    }
}

#[repr(C)]
pub struct Pair {
    pub name: Str,
    pub value: Str,
}

pub type Body = u64;
pub enum Job {}

#[repr(C)]
pub struct Host {
    pub size: u32,
    pub abi_minor: u32,
    pub name: Str,
    pub version: Str,
    pub service: unsafe extern "C" fn(*const Host, *const c_char) -> *const c_void,
}

#[repr(C)]
pub struct Plugin {
    pub size: u32,
    pub abi_major: u32,
    pub abi_minor_needed: u32,
    pub schema_major: u32,
    pub id: *const c_char,
    pub version: *const c_char,
    pub create: extern "C" fn(*const Host, *mut Job, Str, *mut *mut c_void) -> Status,
    pub destroy: extern "C" fn(*mut c_void),
    pub check: extern "C" fn(*mut c_void, *mut Job) -> Status,
    pub capability: extern "C" fn(*const c_char) -> *const c_void,
}
unsafe impl Sync for Plugin {}

#[repr(C)]
pub struct Read {
    pub size: u32,
    pub state_version: u32,
    pub stream: Str,
    pub state: Str,
    pub since_unix_ms: i64,
    pub until_unix_ms: i64,
}

#[repr(C)]
pub struct Source {
    pub size: u32,
    pub reserved: u32,
    pub read: extern "C" fn(*mut c_void, *mut Job, *const Read) -> Status,
    pub webhook: *const c_void,
}
unsafe impl Sync for Source {}

#[repr(C)]
pub struct HttpRequest {
    pub size: u32,
    pub flags: u32,
    pub target: Str,
    pub method: Str,
    pub path: Str,
    pub query: *const Pair,
    pub query_count: u64,
    pub headers: *const Pair,
    pub header_count: u64,
    pub body: Body,
    pub inline_body: Str,
    pub timeout_ms: u32,
    pub reserved: u32,
}

#[repr(C)]
pub struct HttpResponse {
    pub size: u32,
    pub http_status: i32,
    pub body: Body,
    pub body_bytes: u64,
    pub retry_after_ms: i64,
}

#[repr(C)]
pub struct Page {
    pub size: u32,
    pub format: i32,
    pub stream: Str,
    pub body: Body,
    pub inline_bytes: Str,
    pub records: Str,
}

#[repr(C)]
pub struct Checkpoint {
    pub size: u32,
    pub state_version: u32,
    pub stream: Str,
    pub state: Str,
}

#[repr(C)]
pub struct Item {
    pub size: u32,
    pub status: Status,
    pub index: u64,
    pub retry_after_ms: i64,
    pub message: Str,
    pub bytes: Str,
}

pub type JsonSink = extern "C" fn(*mut c_void, u64, i32, Str);

#[repr(C)]
pub struct Run {
    pub size: u32,
    pub reserved: u32,
    pub cancelled: *const c_void,
    pub now_unix_ms: *const c_void,
    pub monotonic_ms: *const c_void,
    pub sleep_until: *const c_void,
    pub log: *const c_void,
    pub error: Option<unsafe extern "C" fn(*mut Job, Status, Str, Str, i64)>,
}

#[repr(C)]
pub struct Http {
    pub size: u32,
    pub reserved: u32,
    pub execute:
        Option<unsafe extern "C" fn(*mut Job, *const HttpRequest, *mut HttpResponse) -> Status>,
}

#[repr(C)]
pub struct Json {
    pub size: u32,
    pub reserved: u32,
    pub pick: Option<
        unsafe extern "C" fn(*mut Job, Body, *const Str, u64, JsonSink, *mut c_void) -> Status,
    >,
}

#[repr(C)]
pub struct Bodies {
    pub size: u32,
    pub reserved: u32,
    pub make: *const c_void,
    pub view: *const c_void,
    pub length: *const c_void,
    pub release: Option<unsafe extern "C" fn(*mut Job, Body)>,
}

#[repr(C)]
pub struct Emit {
    pub size: u32,
    pub reserved: u32,
    pub page: Option<unsafe extern "C" fn(*mut Job, *const Page) -> Status>,
    pub bad_record: *const c_void,
    pub checkpoint: Option<unsafe extern "C" fn(*mut Job, *const Checkpoint) -> Status>,
}

#[repr(C)]
pub struct Results {
    pub size: u32,
    pub reserved: u32,
    pub item: Option<unsafe extern "C" fn(*mut Job, *const Item) -> Status>,
}

/// A table of the host, if it has the function: hosts may be older than this file.
#[macro_export]
macro_rules! function {
    ($table:expr, $type:ty, $member:ident) => {{
        let table: *const $type = $table;
        let end = std::mem::offset_of!($type, $member) + std::mem::size_of::<*const ()>();
        if table.is_null() || ((*table).size as usize) < end { None } else { (*table).$member }
    }};
}
