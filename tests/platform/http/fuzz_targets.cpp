#include "http/fuzz_targets.h"

#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/accounts/contacts.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/error.h"
#include "hanjari/base/local_time.h"
#include "hanjari/base/nesting.h"
#include "hanjari/base/random.h"
#include "hanjari/base/text.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/application_number.h"
#include "hanjari/domain/contact.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/duties.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/intake/applicant.h"
#include "hanjari/selection/mark.h"
#include "hanjari/selection/results.h"
#include "hanjari/workbook/marks.h"
#include "hanjari/workbook/workbook.h"
#include "http/chunked_body.h"
#include "http/fuzz_files.h"
#include "http/fuzz_packages.h"
#include "http/fuzz_services.h"
#include "http/form_words.h"
#include "http/head_parser.h"
#include "http/json_body.h"
#include "http/multipart.h"
#include "http/proxy_header.h"
#include "http/trusted_proxies.h"
#include "stage/made_workbook.h"

namespace hanjari::web::testing {
namespace {

void demand(bool holds) {
  if (!holds) std::abort();
}

struct Reading {
  int status = 0;  // 0: wants more, 200: a request
  std::size_t bytes = 0;
  std::string path, query, host, body;
  std::size_t fields = 0;
};

Reading read_in_steps(std::string_view bytes, std::size_t step) {
  Reading reading;
  try {
    HeadParser parser({2'048, 512, 20});
    std::optional<std::size_t> end;
    for (std::size_t size = 0; !end && size < bytes.size();) {
      size = step >= bytes.size() - size ? bytes.size() : size + step;
      end = parser.read(bytes.substr(0, size));
    }
    if (!end) return reading;
    const Request request = parser.copy(bytes.substr(0, *end));
    reading.bytes = *end;
    reading.path = request.path;
    reading.query = request.query;
    reading.host = request.header("host");
    reading.fields = request.headers.size();
    demand(request.path.starts_with('/') && !request.path.starts_with("//"));
    demand(*end <= 2'048 && bytes.substr(*end - 2, 2) == "\r\n");
    for (std::size_t at = 0; at < request.headers.size(); ++at) {
      const auto [name, value] = request.headers[at];
      demand(!name.empty() && name.find_first_of(" \t:\r\n") == std::string_view::npos);
      demand(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
    }
    if (parser.is_chunked()) {
      demand(!request.headers.contains("content-length"));
      ChunkedBody chunks(1'000);
      for (std::size_t at = *end; at < bytes.size() && !chunks.is_complete();) {
        const std::size_t taken = chunks.read(bytes.substr(at, step), reading.body);
        demand(taken > 0);
        at += taken;
        reading.bytes = at;
      }
      demand(reading.body.size() <= 1'000);
      if (!chunks.is_complete()) return reading;
    }
    reading.status = 200;
  } catch (const Malformed& fault) {
    reading = {};
    reading.status = fault.status;
    demand(fault.status >= 400 && !fault.code.empty());
  }
  return reading;
}

}  // namespace

void fuzz_head(std::string_view bytes) {
  const Reading whole = read_in_steps(bytes, bytes.size() + 1);
  const Reading single = read_in_steps(bytes, 1);
  demand(whole.status == single.status && whole.path == single.path && whole.query == single.query &&
         whole.host == single.host && whole.body == single.body && whole.fields == single.fields);
  demand(whole.status != 200 || whole.bytes == single.bytes);
  try {
    if (const auto header = read_proxy_header(bytes)) demand(header->bytes <= bytes.size());
  } catch (const Malformed&) {
  }
  static const TrustedProxies proxies({"10.0.0.0/8"});
  Request request;
  request.source = "10.0.0.1";
  request.headers.set("forwarded", bytes);
  proxies.name_source(request);
  request.headers.remove("forwarded");
  request.headers.set("x-forwarded-for", bytes);
  proxies.name_source(request);
  demand(request.source.size() <= 64);
  takes_gzip(bytes);
  names_etag(bytes, "\"a\"");
  choose_media_type(bytes, {"application/pdf", "text/csv; charset=utf-8"});
}

void fuzz_form(std::string_view bytes) {
  if (const auto values = parse_values(bytes)) {
    demand(values->size() <= 50);
    for (const auto& [name, value] : *values) demand(is_valid_utf8(name) && is_valid_utf8(value));
  }
  if (const auto decoded = decode_percent(bytes, false)) {
    const auto again = decode_percent(encode_percent(*decoded), false);
    demand(again && *again == *decoded);
  }
}

// Whatever is a form with files keeps its fields where the files are passed over, however it is cut on its way.
void fuzz_form_words(std::string_view body, const std::string& boundary, const std::optional<std::vector<FormPart>>& parts) {
  for (const std::size_t piece : {std::size_t{3}, body.size() + 1}) {
    FormWords words(boundary);
    std::string kept;
    bool readable = true;
    for (std::size_t at = 0; readable && at < body.size(); at += piece) readable = words.read(body.substr(at, piece), kept);
    demand(kept.size() <= body.size());
    if (!parts) continue;
    demand(readable && words.is_complete());
    const auto again = parse_multipart(kept, boundary);
    demand(again && again->size() == parts->size());
    for (std::size_t at = 0; at < parts->size(); ++at) demand((*again)[at].name == (*parts)[at].name);
  }
}

void fuzz_multipart(std::string_view bytes) {
  const auto line = bytes.find('\n');
  boundary_of(bytes.substr(0, line));
  const auto boundary = boundary_of("multipart/form-data; boundary=" + std::string(bytes.substr(0, line)));
  if (!boundary || line == std::string_view::npos) return;
  const auto body = bytes.substr(line + 1);
  const auto parts = parse_multipart(body, *boundary);
  fuzz_form_words(body, *boundary, parts);
  if (!parts) return;
  demand(parts->size() <= 50);
  for (const FormPart& part : *parts) {
    demand(part.content.data() >= body.data() &&
           part.content.data() + part.content.size() <= body.data() + body.size());
    demand(is_valid_utf8(part.name));
    demand(part.content.find("\r\n--" + *boundary) == std::string_view::npos);
  }
}

void fuzz_cookie(std::string_view bytes) {
  Request request;
  request.headers.set("cookie", bytes);
  for (const char* name : {"hanjari_session", "hanjari_form", "a", ""}) {
    if (const auto value = request.cookie(name)) demand(value->find(';') == std::string::npos);
  }
}

void fuzz_json(std::string_view bytes) {
  const auto parsed = parse_json_body(bytes);
  if (!parsed) return;
  const auto again = parse_json_body(parsed->dump());
  demand(again && *again == *parsed);
}

namespace {

// What stands in one field of a form, an address or a cell.
void fuzz_words(std::string_view bytes) {
  ContactFault fault;
  if (const auto contact = services::read_contact(bytes, fault))
    demand(!contact->address.empty() && contact->address.find_first_of(std::string_view("\r\n\0 <>,;\"", 9)) == std::string::npos);
  if (const auto phone = read_phone(bytes, fault)) demand(!phone->written().empty());
  read_email(bytes, fault);
  services::parse_resident_number(bytes);
  read_application_number(bytes);
  read_typed_district(bytes);
  read_address_words(bytes);
  std::string unread;
  read_accommodations(bytes, unread);
  read_accommodation_item(bytes);
  parse_accommodation(bytes);
  parse_duty_roles(bytes);
  if (const auto desks = parse_desks(bytes)) spell_desks(*desks);
  if (const auto minutes = parse_time_of_day(bytes)) demand(!format_time_of_day(*minutes).empty());
  if (const auto moment = parse_instant(bytes)) demand(!format_instant(*moment).empty());
  selection::parse_mark(bytes);
  selection::parse_decimal(bytes);
  selection::parse_bonuses(bytes);
  parse_seed(bytes);
}

}  // namespace

void fuzz_typed(std::string_view bytes) {
  if (const auto date = parse_typed_date(bytes)) {
    const auto again = parse_typed_date(format_date(*date));
    demand(again && *again == *date);
  }
  if (const auto date = day_of_serial_number(bytes)) demand(!format_date(*date).empty());
  if (const auto minute = minute_of_day_part(bytes)) demand(*minute >= 0 && *minute <= 24 * 60);
  if (!is_valid_utf8(bytes)) return;
  // What was cleaned once is clean.
  const std::string line = clean_line(bytes);
  demand(is_valid_utf8(line) && clean_line(line) == line && line.find('\n') == std::string::npos);
  const std::string lines = clean_lines(bytes);
  demand(is_valid_utf8(lines) && clean_lines(lines) == lines);
  demand(is_valid_utf8(clean_code(bytes)));
  demand(nesting_of(bytes) >= 0 && static_cast<std::size_t>(nesting_of(bytes)) <= bytes.size());
  fuzz_words(bytes);
}

namespace {

std::vector<std::string> values_of_sheet(const workbook::Workbook& book) {
  std::vector<std::string> values;
  workbook::SheetReader reader(book, 0);
  workbook::Row row;
  while (reader.next(row))
    for (const workbook::Cell& cell : row.cells) values.push_back(workbook::write_address({row.number, cell.column}) + cell.text);
  return values;
}

}  // namespace

void fuzz_workbook(std::string_view bytes) {
  std::string file(bytes);
  if (!bytes.starts_with("PK")) {
    tests::MadeParts parts = tests::parts_of({{"s", ""}}, {"<t>a</t>"});
    for (auto& [name, text] : parts)
      if (name == "xl/worksheets/sheet1.xml") text = bytes;
    file = tests::zip_of(parts);
  }
  workbook::ReadLimits limits;
  limits.bytes = 4'000'000;
  limits.cells = 100'000;
  try {
    const workbook::Workbook book("fuzzed.xlsx", file, limits);
    const std::vector<std::string> values = values_of_sheet(book);
    const std::string& sheet = book.sheets().front().name;
    const workbook::Workbook marked("fuzzed.xlsx", workbook::mark_cells(book, {{sheet, {1, 0}, "a"}, {sheet, {3, 2}, "b"}}), limits);
    demand(values_of_sheet(marked) == values);
  } catch (const InvalidInput&) {
  }
}

const std::map<std::string, FuzzTarget>& fuzz_targets() {
  static const std::map<std::string, FuzzTarget> targets{{"head", fuzz_head},
                                                         {"form", fuzz_form},
                                                         {"multipart", fuzz_multipart},
                                                         {"cookie", fuzz_cookie},
                                                         {"json", fuzz_json},
                                                         {"typed", fuzz_typed},
                                                         {"table", fuzz_table},
                                                         {"notice", fuzz_notice},
                                                         {"application", fuzz_application},
                                                         {"exam", fuzz_exam},
                                                         {"results", fuzz_results},
                                                         {"packed", fuzz_packed},
                                                         {"photo", fuzz_photo},
                                                         {"workbook", fuzz_workbook},
                                                         {"staff", fuzz_staff},
                                                         {"setup", fuzz_setup},
                                                         {"rooms", fuzz_rooms},
                                                         {"materials", fuzz_materials},
                                                         {"published", fuzz_published},
                                                         {"security_key", fuzz_security_key},
                                                         {"identity", fuzz_identity},
                                                         {"payment", fuzz_payment},
                                                         {"reply", fuzz_reply}};
  return targets;
}

}  // namespace hanjari::web::testing
