#include "http/malformed_battery.h"

namespace hanjari::web::testing {
namespace {

std::string get(const std::string& fields) {
  return "GET /ko HTTP/1.1\r\n" + fields + "\r\n";
}

std::string post(const std::string& fields, const std::string& body = "") {
  return "POST /ko/exams/seoul-2021-1/seat HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n" + body;
}

std::string chunked(const std::string& body) {
  return post("Transfer-Encoding: chunked\r\n", body);
}

std::string many_fields(int count) {
  std::string fields = "Host: x\r\n";
  for (int at = 0; at < count; ++at) fields += "X-" + std::to_string(at) + ": 1\r\n";
  return fields;
}

}  // namespace

const std::vector<MalformedRequest>& malformed_battery() {
  static const std::vector<MalformedRequest> battery{
      {"length and chunks", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
      {"chunks and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400},
      {"two equal lengths", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400},
      {"two lengths", post("Content-Length: 5\r\ncontent-length: 6\r\n", "hello"), 400},
      {"negative length", post("Content-Length: -1\r\n"), 400},
      {"length with plus", post("Content-Length: +5\r\n", "hello"), 400},
      {"list of lengths", post("Content-Length: 5, 5\r\n", "hello"), 400},
      {"hexadecimal length", post("Content-Length: 0x5\r\n", "hello"), 400},
      {"empty length", post("Content-Length:\r\n", "hello"), 400},
      {"length in words", post("Content-Length: five\r\n", "hello"), 400},
      {"length beyond all integers", post("Content-Length: 184467440737095516160000\r\n", "hello"), 413},
      {"length beyond the limit", post("Content-Length: 70000\r\n"), 413},
      {"body of a GET", get("Host: x\r\nContent-Length: 5\r\n") + "hello", 413},
      {"two codings", post("Transfer-Encoding: gzip, chunked\r\n"), 501},
      {"chunked twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"unknown coding", post("Transfer-Encoding: identity\r\n"), 501},
      {"coding with a tab",
       post("Transfer-Encoding: \x0b"
            "chunked\r\n"),
       400},
      {"chunks in 1.0", "POST /ko HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"chunk size with minus", chunked("-1\r\n"), 400},
      {"chunk size without digits", chunked("\r\nhello"), 400},
      {"chunk size of letters", chunked("zz\r\n"), 400},
      {"chunk size in 0x", chunked("0x5\r\nhello"), 400},
      {"chunk extension", chunked("5;a=b\r\nhello\r\n0\r\n\r\n"), 400},
      {"chunk size with a blank", chunked("5 \r\nhello\r\n0\r\n\r\n"), 400},
      {"chunk with bare line feed", chunked("5\nhello\n0\n\n"), 400},
      {"chunk longer than its size", chunked("5\r\nhello!\r\n0\r\n\r\n"), 400},
      {"chunk size beyond all", chunked("fffffffffffffffff\r\n"), 400},
      {"chunk size beyond the limit", chunked("fffffff\r\n"), 413},
      {"trailer field", chunked("0\r\nX-A: b\r\n\r\n"), 400},
      {"bare line feeds", "GET /ko HTTP/1.1\nHost: x\n\n", 400},
      {"bare line feed in the fields", "GET /ko HTTP/1.1\r\nHost: x\n\r\n", 400},
      {"bare carriage return", get("Host: x\rX: y\r\n"), 400},
      {"carriage return doubled", "GET /ko HTTP/1.1\r\r\nHost: x\r\n\r\n", 400},
      {"folded line", get("Host: x\r\n folded\r\n"), 400},
      {"folded with tab", get("Host: x\r\n\tfolded\r\n"), 400},
      {"first field begins with a blank", "GET /ko HTTP/1.1\r\n Host: x\r\n\r\n", 400},
      {"blank before the colon", get("Host : x\r\n"), 400},
      {"tab before the colon", get("Host: x\r\nX\t: y\r\n"), 400},
      {"no colon", get("Host: x\r\nno colon\r\n"), 400},
      {"field without name", get("Host: x\r\n: y\r\n"), 400},
      {"name beyond ASCII", get("Host: x\r\n\xea\xb0\x80: y\r\n"), 400},
      {"NUL in a value", get(std::string("Host: x\r\nX: a\0b\r\n", 17)), 400},
      {"NUL in the address", std::string("GET /k\0o HTTP/1.1\r\nHost: x\r\n\r\n", 30), 400},
      {"escape character in a value", get("Host: x\r\nX: \x1b[31m\r\n"), 400},
      {"no host", get(""), 400},
      {"two hosts", get("Host: x\r\nHost: y\r\n"), 400},
      {"empty host", get("Host:\r\n"), 400},
      {"host with a path", get("Host: x/y\r\n"), 400},
      {"host with a user", get("Host: a@b\r\n"), 400},
      {"whole address", "GET http://x/ko HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"address of another host", "GET //x/ko HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"address without slash", "GET ko HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"address beyond ASCII", "GET /\xea\xb0\x80 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"fragment", "GET /ko#a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"two blanks", "GET  /ko HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"tab between", "GET\t/ko HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"blank at the end", "GET /ko HTTP/1.1 \r\nHost: x\r\n\r\n", 400},
      {"no version", "GET /ko\r\n\r\n", 400},
      {"method alone", "GET\r\n\r\n", 400},
      {"method in lower case", "get /ko HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"version of another protocol", "GET /ko SIP/2.0\r\nHost: x\r\n\r\n", 400},
      {"version in lower case", "GET /ko http/1.1\r\nHost: x\r\n\r\n", 400},
      {"version 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"version 1.2", "GET /ko HTTP/1.2\r\nHost: x\r\n\r\n", 505},
      {"unknown method", "BREW /ko HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"TRACE", "TRACE /ko HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"CONNECT", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"two empty lines", "\r\n\r\nGET /ko HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"TLS to a plain port", "\x16\x03\x01\x02", 400},
      {"noise", "\xff\xfe\xfd\xfc", 400},
      {"expectation", post("Expect: 200-ok\r\nContent-Length: 5\r\n"), 417},
      {"too many fields", get(many_fields(101)), 431},
      {"a huge field", get("Host: x\r\nX: " + std::string(40'000, 'a') + "\r\n"), 431},
      {"a head without end", "GET /ko HTTP/1.1\r\nHost: x\r\nX: " + std::string(33'000, 'a'), 431},
      {"a huge address", "GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
      {"an address without end", "GET /" + std::string(20'000, 'a'), 414},
  };
  return battery;
}

}  // namespace hanjari::web::testing
