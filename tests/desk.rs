//! The desk as a browser meets it: what is refused, and the whole story of three files.

mod program;

use encoding_rs::{BIG5, GBK};
use program::Place;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

/// A desk that is open.
struct Desk {
    place: Place,
    program: Child,
    host: String,
    token: String,
}

/// What was answered.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }
}

impl Desk {
    fn open(files: &[(&str, &[u8])]) -> Self {
        Desk::open_with(&["in"], files)
    }

    fn open_with(arguments: &[&str], files: &[(&str, &[u8])]) -> Self {
        let place = Place::new(files);
        let mut command = place.command(&["desk", "-o", "out", "-t", "pdf,docx,md", "--no-browser"]);
        command.args(arguments);
        let mut program = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let (host, token) = address.trim().strip_prefix("http://").unwrap().split_once('/').unwrap();
        let (host, token) = (host.to_owned(), token.trim_end_matches('/').to_owned());
        Desk { place, program, host, token }
    }

    /// Asks with these headers.
    fn ask(&self, method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        write!(stream, "{method} {url} HTTP/1.1\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n")
            .unwrap();
        stream.write_all(body).unwrap();
        let mut bytes = vec![];
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(bytes.len() - 4);
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut body = bytes[end + 4..].to_vec();
        if head.to_ascii_lowercase().contains("transfer-encoding: chunked") {
            body = unchunked(&body);
        }
        Answer { status: head.split(' ').nth(1).unwrap().parse().unwrap(), head, body }
    }

    /// Asks as the page does.
    fn page(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let origin = format!("http://{}", self.host);
        let headers = [("Host", self.host.as_str()), ("Origin", &origin), ("Sec-Fetch-Site", "same-origin")];
        self.ask(method, &format!("/{}/{path}", self.token), &headers, body)
    }

    fn get(&self, path: &str) -> Value {
        let answer = self.page("GET", path, b"");
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        answer.json()
    }

    fn post(&self, path: &str, body: &Value) {
        let answer = self.page("POST", path, body.to_string().as_bytes());
        assert_eq!(answer.status, 200, "{path} {body}: {}", String::from_utf8_lossy(&answer.body));
    }

    /// The version of a file that is looked at.
    fn version(&self, id: usize) -> String {
        self.get(&format!("api/file/{id}"))["version"].as_str().unwrap().to_owned()
    }

    fn decide(&self, id: usize, wish: Value) {
        self.post(&format!("api/file/{id}/decide?of={}", self.version(id)), &wish);
    }

    /// Waits until the list is as `wanted`.
    fn wait(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..1200 {
            let news = self.get("api/files?since=0");
            if wanted(&news) {
                return news;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{}", self.get("api/files?since=0"));
    }

    fn converted(&self) {
        self.post("api/convert", &json!({ "ids": null }));
        let news = self.wait(|news| news["work"]["running"] == false);
        assert_eq!((&news["work"]["failed"], &news["work"]["error"]), (&json!(0), &Value::Null), "{news}");
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut out = vec![];
    while let Some(end) = body.windows(2).position(|window| window == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap().trim(), 16).unwrap();
        out.extend_from_slice(&body[end + 2..end + 2 + length]);
        body = &body[(end + 4 + length).min(body.len())..];
    }
    out
}

const TEXT: &str = "山行\n\n第一章 雨\n　　他说,今天走.\n　　她问:\"去吗?\"他答,走.\n第二章 云\n　　云 从山后面升起来,越来越低了;风(很大)也来了.\n";

#[test]
fn who_does_not_know_the_token_or_comes_from_elsewhere_is_refused() {
    let desk = Desk::open(&[("in/a.txt", TEXT.as_bytes()), ("secret.txt", b"x")]);
    let host = desk.host.as_str();
    let status = |method: &str, url: &str, headers: &[(&str, &str)]| desk.ask(method, url, headers, b"").status;
    let home = format!("/{}/", desk.token);
    assert_eq!(status("GET", &home, &[("Host", host)]), 200);
    for url in ["/", "/api/files", "/0123/api/files", "//", &home[..home.len() - 2]] {
        assert_eq!(status("GET", url, &[("Host", host)]), 403, "{url}");
    }
    for other in ["http://evil.example", "null", "http://127.0.0.1:1"] {
        assert_eq!(status("POST", &format!("{home}api/convert"), &[("Host", host), ("Origin", other)]), 403, "{other}");
    }
    assert_eq!(status("GET", &format!("{home}api/files"), &[("Host", host), ("Sec-Fetch-Site", "cross-site")]), 403);
    assert_eq!(status("GET", &home, &[("Host", "evil.example")]), 403, "a name that leads here");
    assert_eq!(status("DELETE", &home, &[("Host", host)]), 405);
    for path in [
        "../secret.txt",
        "%2e%2e/secret.txt",
        "out/0/..%2f..%2fsecret.txt",
        "out/../../secret.txt",
        "page/desk.js",
        "out/0/exe",
        "api/file/99",
        "api/file/-1",
        "out/99/pdf",
    ] {
        let answer = desk.page("GET", path, b"");
        assert!(matches!(answer.status, 404 | 422), "{path}: {}", answer.status);
    }
    for path in ["..%2Fx.txt", "%2Fetc%2Fx", "a%2F..%2F..%2Fx", ".hidden", "a%5C..%5Cx"] {
        assert_eq!(desk.page("PUT", &format!("api/drop?path={path}"), b"x").status, 422, "{path}");
    }
    assert!(!desk.place.path("x.txt").exists());
    let page = desk.page("GET", "", b"");
    assert!(page.head.contains("default-src 'none'; script-src 'self'"), "{}", page.head);
    assert!(
        page.head.contains("X-Content-Type-Options: nosniff") && page.head.contains("Referrer-Policy: no-referrer")
    );
    for part in
        String::from_utf8(page.body).unwrap().split('"').filter(|part| part.ends_with(".js") || part.ends_with(".css"))
    {
        assert_eq!(desk.page("GET", part, b"").status, 200, "{part}");
    }
}

#[test]
fn three_files_are_dropped_decided_on_and_converted_and_all_show_it() {
    let desk = Desk::open(&[]);
    let (big5, ..) = BIG5.encode("　　天地玄黃，宇宙洪荒。日月盈昃，辰宿列張。\n");
    let wrong = GBK.decode(&big5).0.into_owned();
    let quotes = "　　她说,\"好\".\n　　“他没有说完。\n";
    for (name, bytes) in [("a.txt", TEXT.as_bytes()), ("b.txt", &big5), ("信/c.txt", quotes.as_bytes())] {
        let path = name.replace('信', "%E4%BF%A1").replace('/', "%2F");
        assert_eq!(desk.page("PUT", &format!("api/drop?path={path}"), bytes).status, 200, "{name}");
    }
    desk.post("api/look", &json!({}));
    let news = desk.wait(|news| news["all"] == 3 && news["read"] == 3);
    let names: Vec<&str> =
        news["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["in/a.txt", "in/b.txt", "in/信/c.txt"]);
    assert_eq!(news["files"][2]["facts"]["needs"], "warnings");

    // How the second is read.
    desk.decide(1, json!({ "encoding": "gbk" }));
    assert_eq!(desk.get("api/file/1")["encoding"]["label"], "gb18030");
    // A place, a form and a rule of the first.
    let places = desk.get("api/file/0/lines?from=1&count=50");
    let place = |before: &str, line: usize| {
        let places = places["places"].as_array().unwrap();
        let found = places.iter().find(|place| place["before"] == before && place["line"] == line);
        found.unwrap_or_else(|| panic!("{places:?}"))["n"].as_u64().unwrap()
    };
    desk.decide(0, json!({ "edit": { "place": place(",", 4), "what": "place", "verdict": "reject" } }));
    desk.decide(0, json!({ "edit": { "place": place(".", 4), "what": "form", "verdict": "reject" } }));
    desk.decide(0, json!({ "edit": { "place": place(";", 7), "what": "rule", "verdict": "reject" } }));
    desk.decide(0, json!({ "edit": { "place": place(",", 5), "what": "place", "verdict": "replace", "after": "：" } }));
    desk.decide(0, json!({ "heading": { "line": 6, "level": 0 } }));
    desk.decide(0, json!({ "title": "夜行" }));
    let file = desk.get("api/file/0");
    let outline: Vec<&str> =
        file["outline"].as_array().unwrap().iter().map(|heading| heading["text"].as_str().unwrap()).collect();
    assert_eq!(outline, ["山行", "第一章 雨"], "{file}");
    let states = |desk: &Desk| {
        let places = desk.get("api/file/0/lines?from=4&count=1");
        let places =
            places["places"].as_array().unwrap().iter().map(|place| place["state"].as_str().unwrap().to_owned());
        places.collect::<Vec<_>>()
    };
    assert_eq!(states(&desk), ["rejected", "rejected"]);
    // What was put there by hand is taken back, and back again.
    let written = || desk.get("api/file/0/lines?from=5&count=1")["places"][2]["now"].as_str().unwrap().to_owned();
    let by_hand = |verdict: &str| json!({ "edit": { "place": place(",", 5), "what": "place", "verdict": verdict } });
    let before = written();
    desk.decide(0, by_hand("reject"));
    desk.decide(0, by_hand("clear"));
    desk.post("api/undo", &json!({}));
    desk.post("api/undo", &json!({}));
    assert_eq!(written(), before);
    // One too many is taken back.
    desk.decide(0, json!({ "keep": true }));
    desk.post("api/undo", &json!({}));
    desk.decide(0, json!({ "edit": { "place": place(",", 4), "what": "place", "verdict": "clear" } }));
    assert_eq!(states(&desk), ["open", "rejected"]);
    desk.post("api/undo", &json!({}));

    desk.converted();
    let markdown = |desk: &Desk| String::from_utf8(desk.page("GET", "out/0/md", b"").body).unwrap();
    let text = markdown(&desk);
    assert!(
        text.contains("他说,今天走.") && text.contains("他答：走.") && text.contains("越来越低了;风（很大）也来了."),
        "{text}"
    );
    assert!(text.contains("title: \"夜行\"") && text.contains("\n第二章 云\n"), "{text}");
    assert!(String::from_utf8_lossy(&desk.page("GET", "out/1/md", b"").body).contains(&wrong.trim()[..12]));
    let pdf = desk.page("GET", "out/0/pdf", b"");
    assert!(pdf.body.starts_with(b"%PDF") && pdf.head.contains("inline"), "{}", pdf.head);
    assert!(desk.page("GET", "out/0/docx?keep=1", b"").head.contains("attachment; filename*=UTF-8''a.docx"));
    assert_eq!(zip::ZipArchive::new(std::io::Cursor::new(desk.page("GET", "out/all.zip", b"").body)).unwrap().len(), 9);
    let ledger = desk.place.read("in/shanben.decisions.toml");
    for said in
        ["encoding = \"gb18030\"", "title = \"夜行\"", "rule = \"half-semicolon\"\ndecision = \"reject\"", "level = 0"]
    {
        assert!(ledger.contains(said), "{said}: {ledger}");
    }
    // The command line has nothing left to do, and proves it.
    let (_, _, told) = desk.place.run(&["convert", "in", "-o", "out", "-t", "pdf,docx,md"]);
    assert!(told.contains("3 up to date"), "{told}");
    desk.place.done(&["verify", "out"]);
}

#[test]
fn what_is_decided_for_all_files_is_shown_in_all_and_hostile_names_are_text() {
    let name = "in/<img src=x onerror=alert(1)>.txt";
    let desk = Desk::open(&[("in/a.txt", TEXT.as_bytes()), (name, TEXT.as_bytes())]);
    let places = desk.get("api/file/1/lines?from=4&count=1");
    let n = &places["places"][0]["n"];
    desk.decide(1, json!({ "edit": { "place": n, "what": "form", "verdict": "reject", "everywhere": true } }));
    for id in [0, 1] {
        assert_eq!(desk.get(&format!("api/file/{id}/lines?from=4&count=1"))["places"][0]["state"], "rejected");
    }
    let news = desk.wait(|news| news["read"] == 2);
    assert!(news["files"].as_array().unwrap().iter().any(|file| file["name"] == name));
    assert!(desk.page("GET", "api/files?since=0", b"").head.contains("Content-Type: application/json"));
    assert_eq!(desk.page("POST", "api/file/0/decide", b"{}").status, 400);
    let nowhere = b"{\"edit\":{\"place\":999,\"what\":\"place\",\"verdict\":\"reject\"}}";
    assert_eq!(desk.page("POST", &format!("api/file/0/decide?of={}", desk.version(0)), nowhere).status, 400);
    desk.post("api/close", &json!({}));
}

#[test]
fn what_is_decided_of_a_text_that_has_changed_meanwhile_is_decided_of_nothing() {
    let desk = Desk::open(&[("in/a.txt", TEXT.as_bytes()), ("in/b.txt", b"\xe4\xba\x8c\n")]);
    let reject = json!({ "edit": { "place": 0, "what": "place", "verdict": "reject" } }).to_string();
    let heading = json!({ "heading": { "line": 1, "level": 2 } }).to_string();
    let ask = |of: &str, wish: &str| desk.page("POST", &format!("api/file/0/decide{of}"), wish.as_bytes()).status;
    let decisions = || std::fs::read_to_string(desk.place.path("in/shanben.decisions.toml")).ok();
    assert_eq!((ask("", &reject), ask("", &heading)), (400, 400), "it must be said what was looked at");

    // The file is another: the places of the first stand elsewhere.
    let first = format!("?of={}", desk.version(0));
    std::fs::write(desk.place.path("in/a.txt"), format!("　　前言,在先.\n{TEXT}")).unwrap();
    assert_eq!((ask(&first, &reject), ask(&first, &heading)), (409, 409));
    assert_eq!(decisions(), None);
    assert_eq!(desk.page("GET", &format!("api/file/0/lines{first}"), b"").status, 409);
    assert_eq!(desk.page("GET", &format!("api/file/0/place/0{first}"), b"").status, 409);
    let second = format!("?of={}", desk.version(0));
    assert_eq!(ask(&second, &reject), 200);
    assert!(decisions().unwrap().contains("context = \"　　前言,在先.\""), "{decisions:?}", decisions = decisions());
    // It is read otherwise by what was just decided.
    assert_eq!(ask(&second, &reject), 409);

    // Numbers stay what they are, whatever is put before a file or taken away.
    std::fs::write(desk.place.path("in/0.txt"), "零\n").unwrap();
    std::fs::remove_file(desk.place.path("in/a.txt")).unwrap();
    desk.post("api/look", &json!({}));
    let news = desk.wait(|news| news["all"] == 2 && news["read"] == 2);
    let listed =
        |id: usize| (news["files"][id]["name"].as_str().unwrap().to_owned(), news["files"][id]["gone"] == true);
    assert_eq!(
        [listed(0), listed(1), listed(2)],
        [("in/a.txt".into(), true), ("in/b.txt".into(), false), ("in/0.txt".into(), false)]
    );
    assert_eq!((ask(&second, &reject), desk.page("GET", "api/file/0", b"").status), (422, 404));
}

#[test]
fn what_is_only_suggested_stays_as_it_is_until_it_is_accepted_by_place_by_form_or_by_rule() {
    let text = "　　他说：“我读过“论语”两遍。”\n　　她说：“我读过“孟子”一遍,”\n";
    let desk = Desk::open(&[("in/a.txt", text.as_bytes())]);
    let told = || {
        let places = desk.get("api/file/0/lines?from=1&count=9")["places"].clone();
        let told = places.as_array().unwrap().iter().map(|place| {
            format!(
                "{}{} {}",
                place["before"].as_str().unwrap(),
                place["now"].as_str().unwrap(),
                place["state"].as_str().unwrap()
            )
        });
        told.collect::<Vec<_>>()
    };
    let open = ["““ suggested", "”” suggested", "““ suggested", "”” suggested", ",， open"];
    assert_eq!(told(), open);
    let facts = || desk.wait(|news| news["read"] == 1)["files"][0]["facts"].clone();
    assert_eq!(
        (&facts()["suggestions"], &facts()["edits"], &facts()["needs"]),
        (&json!(4), &json!(1), &json!("suggestions"))
    );
    assert_eq!(desk.get("api/file/0")["doubtful"], json!([0, 1, 2, 3]));
    let decide = |place: usize, what: &str, verdict: &str| {
        desk.decide(0, json!({ "edit": { "place": place, "what": what, "verdict": verdict } }));
    };
    let undo = || desk.post("api/undo", &json!({}));

    decide(0, "place", "accept");
    decide(1, "place", "reject");
    assert_eq!(told(), ["“‘ accepted", "”” rejected", "““ suggested", "”” suggested", ",， open"]);
    assert_eq!((&facts()["suggestions"], &facts()["decided"]), (&json!(2), &json!(2)));
    decide(3, "form", "accept");
    assert_eq!(told(), ["“‘ accepted", "”” rejected", "““ suggested", "”’ accepted", ",， open"]);
    decide(1, "place", "clear");
    assert_eq!(told()[1], "”’ accepted", "the form holds");
    desk.converted();
    let markdown = || String::from_utf8(desk.page("GET", "out/0/md", b"").body).unwrap();
    assert!(markdown().contains("“我读过‘论语’两遍。”\n\n她说：“我读过“孟子’一遍，”"), "{}", markdown());
    (0..4).for_each(|_| undo());
    assert_eq!(told(), open);

    decide(2, "rule", "reject");
    assert_eq!(told(), ["““ rejected", "”” rejected", "““ rejected", "”” rejected", ",， open"]);
    assert_eq!(facts()["suggestions"], 0);
    decide(2, "rule", "accept");
    assert_eq!(told(), ["“‘ accepted", "”’ accepted", "“‘ accepted", "”’ accepted", ",， open"]);
    decide(2, "place", "reject");
    assert_eq!(told()[2], "““ rejected");
    // What is decided of every file holds for this one as well.
    undo();
    undo();
    undo();
    desk.decide(0, json!({ "edit": { "place": 0, "what": "rule", "verdict": "accept", "everywhere": true } }));
    desk.converted();
    assert!(markdown().contains("‘论语’") && markdown().contains("‘孟子’"), "{}", markdown());
    let (_, _, told) = desk.place.run(&["convert", "in", "-o", "out", "-t", "pdf,docx,md"]);
    assert!(told.contains("1 up to date"), "{told}");
}

#[test]
fn what_is_not_taken_is_named_with_what_to_do() {
    let desk = Desk::open(&[
        ("in/a.txt", TEXT.as_bytes()),
        ("in/b.doc", b"x"),
        ("in/c.zip", b"no archive"),
        ("in/.hidden", b"x"),
    ]);
    let missed = desk.get("api/files?since=0")["missed"].clone();
    let named = |name: &str| {
        let missed = missed.as_array().unwrap();
        let found = missed.iter().find(|missed| missed["name"] == name).unwrap_or_else(|| panic!("{name}: {missed:?}"));
        [0, 1].map(|lang| found["why"][lang].as_str().unwrap().to_owned())
    };
    assert_eq!(missed.as_array().unwrap().len(), 2, "{missed}");
    let [en, zh] = named("in/b.doc");
    assert!(en.contains("save it as DOCX") && zh.contains("请另存为 DOCX"), "{en} {zh}");
    assert!(named("in/c.zip").iter().all(|why| !why.is_empty()));
    let now = desk.get("api/files?since=0")["now"].clone();
    assert_eq!(desk.get(&format!("api/files?since={now}"))["missed"], Value::Null);
}

#[test]
fn editions_say_when_they_are_older_than_what_is_decided_and_what_failed_stays_told() {
    let desk = Desk::open(&[("in/a.txt", TEXT.as_bytes()), ("in/b.txt", TEXT.as_bytes())]);
    // The place of one edition is taken by what is none of ours.
    std::fs::create_dir_all(desk.place.path("out/b.md")).unwrap();
    desk.wait(|news| news["read"] == 2);
    let convert = || {
        desk.post("api/convert", &json!({ "ids": null }));
        desk.wait(|news| news["work"]["running"] == false)
    };
    let facts = |id: usize| desk.wait(|news| news["read"] == 2)["files"][id]["facts"].clone();
    assert_eq!(convert()["work"]["failed"], 1);
    assert_eq!((&facts(0)["fresh"], &facts(0)["error"]), (&json!(true), &Value::Null));
    let reject = json!({ "edit": { "place": 0, "what": "place", "verdict": "reject" } });
    for id in [0, 1] {
        desk.decide(id, reject.clone());
    }
    assert_eq!(facts(0)["fresh"], false);
    assert_eq!(facts(1)["needs"], "failed");
    assert!(facts(1)["error"][0].as_str().unwrap().contains("b.md"), "{}", facts(1));
    std::fs::remove_dir(desk.place.path("out/b.md")).unwrap();
    assert_eq!(convert()["work"]["failed"], 0);
    for id in [0, 1] {
        assert_eq!((&facts(id)["fresh"], &facts(id)["error"]), (&json!(true), &Value::Null));
    }
    // An edition that has gone is named, not left out of the archive.
    std::fs::remove_file(desk.place.path("out/a.pdf")).unwrap();
    let archive = desk.page("GET", "out/all.zip", b"");
    assert_eq!(archive.status, 422);
    assert!(String::from_utf8_lossy(&archive.body).contains("a.pdf"));
}

#[test]
fn what_somebody_noted_among_the_decisions_stays_and_what_is_cut_off_is_not_kept() {
    let ledger = "# Ours.\n\n[[file]]\npath = \"b.txt\"\ntitle = \"乙\" # as she said\n";
    let desk = Desk::open(&[("in/a.txt", TEXT.as_bytes()), ("in/shanben.decisions.toml", ledger.as_bytes())]);
    desk.decide(0, json!({ "edit": { "place": 0, "what": "place", "verdict": "reject" } }));
    let now = desk.place.read("in/shanben.decisions.toml");
    assert!(now.starts_with(ledger) && now.contains("path = \"a.txt\""), "{now}");
    desk.post("api/undo", &json!({}));
    assert_eq!(desk.place.read("in/shanben.decisions.toml"), ledger);
    assert_eq!(desk.page("POST", "api/undo", b"{}").json(), json!({ "done": false }));

    let mut stream = TcpStream::connect(&desk.host).unwrap();
    let head = format!(
        "PUT /{}/api/drop?path=b.txt HTTP/1.1\r\nHost: {}\r\nContent-Length: 9\r\n\r\nabc",
        desk.token, desk.host
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut told = String::new();
    stream.read_to_string(&mut told).unwrap();
    assert!(told.starts_with("HTTP/1.1 422"), "{told}");
    let mut names: Vec<_> =
        std::fs::read_dir(desk.place.path("in")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.txt", "shanben.decisions.toml"]);
}

#[test]
fn what_cannot_be_seen_is_written_out_where_it_is_shown_and_not_where_it_is_changed() {
    let desk = Desk::open(&[("in/a.txt", TEXT.as_bytes())]);
    let replace = json!({ "edit": { "place": 0, "what": "place", "verdict": "replace", "after": "，\u{200b}" } });
    desk.decide(0, replace);
    let places = desk.get("api/file/0/lines?from=1&count=9");
    let place = &places["places"][0];
    assert_eq!((&place["now"], &place["raw"]), (&json!("，\\u{200b}"), &json!("，\u{200b}")));
    assert_eq!(places["places"][1].get("raw"), None);
}

#[test]
fn what_is_dropped_beside_a_file_that_was_opened_is_on_the_desk_too() {
    let desk = Desk::open_with(&["in/a.txt"], &[("in/a.txt", TEXT.as_bytes()), ("in/other.txt", TEXT.as_bytes())]);
    for _ in 0..2 {
        assert_eq!(desk.page("PUT", "api/drop?path=b.txt", "二,\n".as_bytes()).status, 200);
        desk.post("api/look", &json!({}));
        let news = desk.wait(|news| news["all"] == 2 && news["read"] == 2);
        assert_eq!((&news["files"][0]["name"], &news["files"][1]["name"]), (&json!("in/a.txt"), &json!("in/b.txt")));
    }
}

#[test]
fn a_click_on_the_program_opens_the_desk_and_a_script_is_told_how_to_use_it() {
    let place = Place::new(&[]);
    let mut alone = place.command(&[]);
    alone.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    assert_eq!(alone.status().unwrap().code(), Some(2));
    let home = place.path("home");
    let mut program = alone.env("DISPLAY", ":0").env("PATH", "").env("HOME", &home).spawn().unwrap();
    let mut address = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let _ = program.kill();
    let _ = program.wait();
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    // It works where its user may write and finds it, unless there are texts where it was started.
    assert!(home.join("Shanben/input").is_dir() && !place.path("input").exists());
}

#[test]
fn what_is_too_large_is_refused_in_words_that_arrive() {
    let desk = Desk::open_with(&["in", "--max-size", "1000000"], &[]);
    let large = vec![b'a'; 20_000_000];
    assert_eq!(desk.page("PUT", "api/drop?path=b.txt", &large).status, 413);
    assert_eq!(desk.page("PUT", "api/drop?path=b.txt", &large[..1_000_000]).status, 200);
}
