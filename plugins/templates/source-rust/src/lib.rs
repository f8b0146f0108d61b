//! Contacts by cursor, in Rust without crates. The state is the cursor behind the last page read.

#[macro_use]
mod abi;

use abi::*;
use std::ffi::CStr;
use std::mem::{size_of, zeroed};
use std::os::raw::{c_char, c_void};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr::null;

const LONGEST_CURSOR: usize = 200;

struct Acme {
    run: *const Run,
    http: *const Http,
    json: *const Json,
    bodies: *const Bodies,
    emit: *const Emit,
    results: *const Results,
}

/// What is found out about a page.
#[derive(Default)]
struct Found {
    contacts: i32,
    next_kind: i32,
    next: Vec<u8>,
}

fn done(status: Status) -> Result<(), Status> {
    if status < 0 { Err(status) } else { Ok(()) }
}

/// A body of the host's, let go of when it goes out of scope.
struct Held<'a>(&'a Acme, *mut Job, Body);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        unsafe {
            if let Some(release) = function!(self.0.bodies, Bodies, release) {
                release(self.1, self.2);
            }
        }
    }
}

impl Acme {
    unsafe fn fail(&self, job: *mut Job, status: Status, words: &str) -> Status {
        if let Some(error) = function!(self.run, Run, error) {
            error(job, status, Str::of(b""), Str::of(words.as_bytes()), -1);
        }
        status
    }

    unsafe fn get(&self, job: *mut Job, path: &str, query: &[Pair]) -> Result<Held<'_>, Status> {
        let execute = function!(self.http, Http, execute).ok_or(UNSUPPORTED)?;
        let mut request: HttpRequest = zeroed();
        request.size = size_of::<HttpRequest>() as u32;
        request.target = Str::of(b"api");
        request.method = Str::of(b"GET");
        request.path = Str::of(path.as_bytes());
        request.query = query.as_ptr();
        request.query_count = query.len() as u64;
        let mut answer: HttpResponse = zeroed();
        answer.size = size_of::<HttpResponse>() as u32;
        done(execute(job, &request, &mut answer))?;
        Ok(Held(self, job, answer.body))
    }

    unsafe fn check(&self, job: *mut Job) -> Result<Status, Status> {
        self.get(job, "/me", &[])?;
        let mut item: Item = zeroed();
        item.size = size_of::<Item>() as u32;
        item.retry_after_ms = -1;
        item.message = Str::of(b"The credentials are accepted.");
        match function!(self.results, Results, item) {
            Some(put) => Ok(put(job, &item)),
            None => Ok(OK),
        }
    }

    unsafe fn look_at(&self, job: *mut Job, page: &Held) -> Result<Found, Status> {
        extern "C" fn take(user: *mut c_void, index: u64, kind: i32, value: Str) {
            let found = unsafe { &mut *(user as *mut Found) };
            match index {
                0 => found.contacts = kind,
                1 => {
                    found.next_kind = kind;
                    if kind == JSON_STRING {
                        let bytes = unsafe { value.bytes() };
                        found.next = bytes[..bytes.len().min(LONGEST_CURSOR + 1)].to_vec();
                    }
                }
                _ => {}
            }
        }
        let pick = function!(self.json, Json, pick).ok_or(UNSUPPORTED)?;
        let pointers = [Str::of(b"/contacts"), Str::of(b"/next")];
        let mut found = Found::default();
        let user = &mut found as *mut Found as *mut c_void;
        done(pick(job, page.2, pointers.as_ptr(), 2, take, user))?;
        if found.contacts != JSON_ARRAY {
            return Err(self.fail(job, BAD_DATA, "The answer has no list of contacts."));
        }
        if found.next_kind != JSON_STRING && found.next_kind != JSON_NULL {
            return Err(self.fail(job, BAD_DATA, "The answer does not say where to go on."));
        }
        if found.next.len() > LONGEST_CURSOR {
            return Err(self.fail(job, BAD_DATA, "The cursor is longer than 200 bytes."));
        }
        Ok(found)
    }

    unsafe fn hand_over(&self, job: *mut Job, stream: Str, page: &Held) -> Result<(), Status> {
        let emit = function!(self.emit, Emit, page).ok_or(UNSUPPORTED)?;
        let mut out: Page = zeroed();
        out.size = size_of::<Page>() as u32;
        out.stream = stream;
        out.body = page.2;
        out.records = Str::of(b"/contacts");
        done(emit(job, &out))
    }

    unsafe fn remember(&self, job: *mut Job, stream: Str, cursor: &[u8]) -> Result<(), Status> {
        let checkpoint = function!(self.emit, Emit, checkpoint).ok_or(UNSUPPORTED)?;
        let size = size_of::<Checkpoint>() as u32;
        done(checkpoint(job, &Checkpoint { size, state_version: 1, stream, state: Str::of(cursor) }))
    }

    unsafe fn read(&self, job: *mut Job, args: &Read) -> Result<Status, Status> {
        if args.stream.bytes() != b"contacts" {
            return Err(self.fail(job, CONFIG, "There is no such stream."));
        }
        if args.state_version > 1 {
            return Err(self.fail(job, CONFIG, "The state was written by a newer release."));
        }
        let mut cursor = args.state.bytes().to_vec();
        if cursor.len() > LONGEST_CURSOR {
            return Err(self.fail(job, CONFIG, "The state is damaged; read the stream anew."));
        }
        loop {
            let after = [Pair { name: Str::of(b"after"), value: Str::of(&cursor) }];
            let page = self.get(job, "/contacts", &after[..usize::from(!cursor.is_empty())])?;
            let found = self.look_at(job, &page)?;
            self.hand_over(job, args.stream, &page)?;
            let last = found.next.is_empty();
            if !last && found.next == cursor {
                return Err(self.fail(job, BAD_DATA, "The same page comes again and again."));
            }
            if !last {
                cursor = found.next;
            }
            self.remember(job, args.stream, &cursor)?;
            if last {
                return Ok(END);
            }
        }
    }
}

/// Nothing may be thrown across the boundary: a panic becomes a status.
fn guard(f: impl FnOnce() -> Result<Status, Status>) -> Status {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(Ok(status)) | Ok(Err(status)) => status,
        Err(_) => INTERNAL,
    }
}

extern "C" fn create(host: *const Host, _: *mut Job, _: Str, me: *mut *mut c_void) -> Status {
    guard(|| unsafe {
        let service = |id: &CStr| ((*host).service)(host, id.as_ptr());
        let acme = Acme {
            run: service(c"tl.run/1").cast(),
            http: service(c"tl.http/1").cast(),
            json: service(c"tl.json/1").cast(),
            bodies: service(c"tl.body/1").cast(),
            emit: service(c"tl.emit/1").cast(),
            results: service(c"tl.result/1").cast(),
        };
        *me = Box::into_raw(Box::new(acme)).cast();
        Ok(OK)
    })
}

extern "C" fn destroy(me: *mut c_void) {
    guard(|| unsafe {
        drop(Box::from_raw(me as *mut Acme));
        Ok(OK)
    });
}

extern "C" fn check(me: *mut c_void, job: *mut Job) -> Status {
    guard(|| unsafe { (*(me as *const Acme)).check(job) })
}

extern "C" fn read(me: *mut c_void, job: *mut Job, args: *const Read) -> Status {
    guard(|| unsafe { (*(me as *const Acme)).read(job, &*args) })
}

static SOURCE: Source = Source { size: size_of::<Source>() as u32, reserved: 0, read, webhook: null() };

extern "C" fn capability(id: *const c_char) -> *const c_void {
    let wanted = unsafe { CStr::from_ptr(id) };
    if wanted == c"tl.source/1" { &SOURCE as *const Source as *const c_void } else { null() }
}

static PLUGIN: Plugin = Plugin {
    size: size_of::<Plugin>() as u32,
    abi_major: 1,
    abi_minor_needed: 0,
    schema_major: 1,
    id: c"@name@".as_ptr(),
    version: c"0.1.0".as_ptr(),
    create,
    destroy,
    check,
    capability,
};

#[no_mangle]
pub extern "C" fn touchline_plugin_v1() -> *const Plugin {
    &PLUGIN
}
