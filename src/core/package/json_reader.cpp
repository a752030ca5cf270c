#include "package/json_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/broken_json.h"
#include "hanjari/base/file.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/nesting.h"
#include "hanjari/base/typed_number.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/workbook/file_kinds.h"
#include "package/csv/characters.h"
#include "package/csv/csv_input.h"
#include "package/csv/spreadsheet_traces.h"

namespace hanjari::package {
namespace {

const nlohmann::json no_object = nlohmann::json::object();

// Bytes of paths: one long key above thousands of objects is a part of each of theirs. Real files have some five times as many as
// the file itself.
constexpr std::size_t most_kept_paths = 64 * 1024 * 1024;
constexpr std::size_t least_kept_paths = 1024 * 1024;
constexpr std::size_t most_kept_times = 32;
constexpr std::size_t most_made_paths = 1024 * 1024 * 1024;  // work, not memory

std::size_t kept_paths_of(std::size_t bytes) {
  return std::clamp(most_kept_times * bytes, least_kept_paths, most_kept_paths);
}

std::string joined(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

std::string shown(const nlohmann::json& value) {
  return show(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

JsonFile::JsonFile(const std::filesystem::path& path, Encoding encoding, Faults& faults, std::vector<Fault>& warnings)
    : file_(path.filename().string()), faults_(faults), warnings_(warnings) {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored) && is_too_large(std::filesystem::file_size(path, ignored))) return;
  read_in(read_file(path), encoding);
}

JsonFile::JsonFile(std::string name, std::string text, Encoding encoding, Faults& faults, std::vector<Fault>& warnings)
    : file_(std::move(name)), faults_(faults), warnings_(warnings) {
  if (!is_too_large(text.size())) read_in(std::move(text), encoding);
}

bool JsonFile::is_too_large(std::uint64_t bytes) {
  if (bytes <= longest_file) return false;
  add_fault("",
            {fmt::format("the file is larger than {} bytes", longest_file),
             fmt::format("파일이 {}바이트보다 큽니다", longest_file)},
            {"give the file of an exam package", "시험 묶음의 파일을 주십시오"});
  return true;
}

bool JsonFile::is_of_another_kind(std::string_view bytes) {
  const auto kind = workbook::name_of_file_kind(bytes);
  if (!kind) return false;
  add_fault("", {"the file is " + kind->en + ", not JSON", "JSON이 아니라 " + kind->ko + "입니다"},
            {"give a text file that holds a JSON object under this name", "같은 이름으로 JSON 객체가 든 텍스트 파일을 주십시오"});
  return true;
}

void JsonFile::read_in(std::string text, Encoding encoding) {
  if (is_of_another_kind(text)) return;
  // Bytes that are no UTF-8 and all CP949 leave no doubt.
  if (!is_valid_utf8(text)) {
    if (std::string decoded = decode_cp949(text); encoding == Encoding::cp949 || is_valid_utf8(decoded)) {
      if (encoding != Encoding::cp949)
        add_warning("", {"read as CP949, which its bytes are", "내용에 맞추어 CP949로 읽었습니다"},
                    {"save all files as UTF-8", "모든 파일을 UTF-8로 저장하십시오"});
      text = std::move(decoded);
    }
  }
  read(std::move(text));
}

JsonFile::JsonFile(std::string name, std::string text, Faults& faults, std::vector<Fault>& warnings)
    : file_(std::move(name)), faults_(faults), warnings_(warnings) {
  read(std::move(text));
}

void JsonFile::read(std::string text) {
  if (is_of_another_kind(text)) return;
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    add_fault("", {"the file is empty", "빈 파일입니다"}, {"write a JSON object: {}", "JSON 객체를 적으십시오: {}"});
    return;
  }
  if (!is_valid_utf8(text)) {
    add_fault("", {"the file is not UTF-8 text", "UTF-8 텍스트가 아닙니다"},
              {"save it as UTF-8", "UTF-8로 저장하십시오"});
    return;
  }
  if (nesting_of(text) > deepest_nesting) {
    add_fault("",
              {fmt::format("the brackets are nested more than {} deep", deepest_nesting),
               fmt::format("괄호가 {}겹보다 깊습니다", deepest_nesting)},
              {"give the file of a package", "묶음의 파일을 주십시오"});
    return;
  }
  try {
    root_ = nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    faults_.add(describe_broken_json(file_, text, error.byte));
    return;
  } catch (const nlohmann::json::out_of_range&) {
    // The parser says neither where nor of which key.
    add_fault("", {"a number in this file is larger than any that can be meant", "쓸 수 있는 범위를 넘는 수가 들어 있습니다"},
              {"look for a number with a large exponent, such as 1e400", "1e400처럼 지수가 큰 수가 있는지 보십시오"});
    return;
  }
  if (!root_.is_object()) {
    root_ = nlohmann::json::object();
    add_fault("", {"the file holds no JSON object", "JSON 객체가 아닙니다"},
              {"put the keys between { and }", "{ 와 } 사이에 키를 적으십시오"});
    return;
  }
  readable_ = true;
  find_lines(text);
}

// Walks over text that is known to be JSON and notes the line of every key.
void JsonFile::find_lines(std::string_view text) {
  struct Level {
    std::string path;
    bool is_object = false;
    bool expects_key = false;
    std::size_t element = 0;
  };
  std::vector<Level> levels;
  std::string value_path;
  std::size_t kept = 0;
  std::size_t made = 0;
  const std::size_t most_kept = kept_paths_of(text.size());
  std::uint64_t line = 1;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (byte == '\n') ++line;
    if (byte == '{' || byte == '[' || byte == ',') {
      made += value_path.size();
      if (made > most_made_paths) return refuse_long_paths();
    }
    if (byte == '{' || byte == '[') {
      levels.push_back({value_path, byte == '{', byte == '{', 0});
      if (byte == '[') value_path = joined(levels.back().path, "0");
    } else if (byte == '}' || byte == ']') {
      levels.pop_back();
    } else if (byte == ',' && !levels.empty()) {
      Level& level = levels.back();
      level.expects_key = level.is_object;
      if (!level.is_object) value_path = joined(level.path, std::to_string(++level.element));
    } else if (byte == '"') {
      const std::size_t begin = at;
      for (++at; text[at] != '"'; ++at) at += text[at] == '\\' ? 1 : 0;
      if (levels.empty() || !levels.back().expects_key) continue;
      levels.back().expects_key = false;
      value_path =
          joined(levels.back().path, nlohmann::json::parse(text.substr(begin, at + 1 - begin)).get<std::string>());
      kept += value_path.size();
      if (kept > most_kept) return refuse_long_paths();
      const auto [known, is_new] = line_of_.emplace(value_path, line);
      if (is_new) continue;
      faults_.add({file_,
                   line,
                   value_path,
                   {fmt::format("the key stands on line {} already", known->second),
                    fmt::format("같은 키가 {}행에 이미 있습니다", known->second)},
                   {"remove one of them", "하나를 지우십시오"}});
    }
  }
}

// What was read stays unread: which keys stand twice is not known of the rest.
void JsonFile::refuse_long_paths() {
  line_of_.clear();
  root_ = nlohmann::json::object();
  readable_ = false;
  add_fault("", {"the keys of this file are longer than any that have a meaning", "뜻이 있는 키라고 보기에는 키가 지나치게 깁니다"},
            {"shorten them", "키를 줄이십시오"});
}

void JsonFile::add_fault(const std::string& path, Text what, Text fix) {
  const auto line = line_of_.find(path);
  faults_.add({file_, line == line_of_.end() ? 0 : line->second, path, std::move(what), std::move(fix)});
}

void JsonFile::add_warning(const std::string& path, Text what, Text fix) {
  const auto line = line_of_.find(path);
  warnings_.push_back({file_, line == line_of_.end() ? 0 : line->second, path, std::move(what), std::move(fix)});
}

JsonObject::JsonObject(JsonFile& file, const nlohmann::json& object, std::string path)
    : file_(file), object_(object), path_(std::move(path)) {}

void JsonObject::add_fault(const std::string& key, Text what, Text fix) {
  file_.add_fault(joined(path_, key), std::move(what), std::move(fix));
}

void JsonObject::add_warning(const std::string& key, Text what, Text fix) {
  file_.add_warning(joined(path_, key), std::move(what), std::move(fix));
}

void JsonObject::wrong_type(const std::string& key, Text wanted) {
  const std::string value = shown(object_[key]);
  add_fault(key, {fmt::format("{} is not {}", value, wanted.en), in_korean("{}[은/는] {} 아닙니다", value, wanted.ko)},
            {fmt::format("write {}", wanted.en), fmt::format("올바른 값을 적으십시오")});
}

const nlohmann::json* JsonObject::take(const std::string& key) {
  asked_.insert(key);
  const auto found = object_.find(key);
  return found == object_.end() ? nullptr : &*found;
}

bool JsonObject::has_value(const std::string& key) {
  const nlohmann::json* value = take(key);
  return value != nullptr && !value->is_null();
}

void JsonObject::require(const std::string& key) {
  if (has(key) || !file_.readable()) return;
  add_fault(key, {"the key is missing", "키가 없습니다"}, {"add it", "키를 더하십시오"});
}

std::optional<std::int64_t> JsonObject::integer(const std::string& key, std::int64_t least, std::int64_t most) {
  const nlohmann::json* value = take(key);
  if (value == nullptr) return std::nullopt;
  // "15명" and "1,500" are what cells and forms hold, read as in tables.
  nlohmann::json typed;
  if (value->is_string()) {
    const std::string digits = digits_as_typed(clean_signs(value->get_ref<const std::string&>()), key);
    typed = nlohmann::json::parse(digits, nullptr, false);
    if (typed.is_number_integer()) value = &typed;
  }
  // 15.0 is a whole number for a person and for other JSON writers.
  const bool whole = value->is_number_integer() ||
                     (value->is_number_float() && std::floor(value->get<double>()) == value->get<double>() &&
                      std::abs(value->get<double>()) < 9e15);
  if (!whole) {
    wrong_type(key, {"a whole number", "정수가"});
    return std::nullopt;
  }
  const bool too_large = value->is_number_unsigned() && value->get<std::uint64_t>() > static_cast<std::uint64_t>(most);
  const std::int64_t number =
      value->is_number_float() ? static_cast<std::int64_t>(value->get<double>()) : value->get<std::int64_t>();
  if (too_large || number < least || number > most) {
    add_fault(key,
              {fmt::format("{} is out of range", value->dump()), in_korean("{}[은/는] 범위 밖입니다", value->dump())},
              {fmt::format("give a whole number from {} to {}", least, most),
               fmt::format("{}에서 {} 사이의 정수를 적으십시오", least, most)});
    return std::nullopt;
  }
  return number;
}

std::optional<std::int64_t> JsonObject::integer_or_null(const std::string& key, std::int64_t least, std::int64_t most) {
  const nlohmann::json* value = take(key);
  return value == nullptr || value->is_null() ? std::nullopt : integer(key, least, most);
}

std::optional<double> JsonObject::number(const std::string& key) {
  const nlohmann::json* value = take(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_number()) return value->get<double>();
  wrong_type(key, {"a number", "수가"});
  return std::nullopt;
}

std::optional<bool> JsonObject::flag(const std::string& key) {
  const nlohmann::json* value = take(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  wrong_type(key, {"true or false", "true나 false가"});
  return std::nullopt;
}

std::optional<std::string> JsonObject::quoted(const std::string& key) {
  const nlohmann::json* value = take(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) {
    wrong_type(key, {"text in quotes", "따옴표로 묶은 글이"});
    return std::nullopt;
  }
  return value->get<std::string>();
}

std::optional<std::string> JsonObject::typed(const std::string& key) {
  const auto text = quoted(key);
  if (!text) return std::nullopt;
  return find_invisible(*text) ? clean_lines(*text) : normalize_nfc(*text);
}

std::optional<std::string> JsonObject::text(const std::string& key) {
  const auto text = quoted(key);
  if (!text) return std::nullopt;
  return clean_text(key, *text);
}

std::optional<std::string> JsonObject::code(const std::string& key) {
  const auto text = quoted(key);
  if (!text) return std::nullopt;
  const bool is_plain = std::all_of(text->begin(), text->end(), [](char c) { return c > ' ' && c < 0x7f; });
  return is_plain || !find_identifier_fault(*text) ? clean_text(key, *text) : clean_text(key, clean_signs(*text));
}

// One reading for a text by itself and in a list: what nobody sees goes away, what was lost on the way is a fault.
std::optional<std::string> JsonObject::clean_text(const std::string& key, const std::string& text) {
  std::string clean = find_invisible(text) ? clean_line(text) : normalize_nfc(text);
  if (const auto lost = find_lost_character(clean)) {
    add_fault(key,
              {fmt::format("a character of the text was lost on the way ({})", name_code_point(*lost)),
               fmt::format("글에 읽을 수 없게 된 글자({})가 있습니다", name_code_point(*lost))},
              {"type the text again", "글을 다시 적으십시오"});
    return std::nullopt;
  }
  return clean;
}

std::optional<std::string> JsonObject::text_or_number(const std::string& key) {
  const nlohmann::json* value = take(key);
  if (value != nullptr && value->is_number()) return value->dump();
  return text(key);
}

std::optional<std::size_t> JsonObject::word(const std::string& key, std::span<const std::string_view> words) {
  const nlohmann::json* value = take(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) {
    const std::size_t meant = find_meant_word(value->get_ref<const std::string&>(), words);
    if (meant < words.size()) return meant;
  }
  const std::string list = list_of_words(words);
  add_fault(key,
            {fmt::format("{} is not a word known here", shown(*value)),
             in_korean("{}[은/는] 알 수 없는 낱말입니다", shown(*value))},
            {fmt::format("write one of {}", list), fmt::format("다음 가운데 하나를 적으십시오: {}", list)});
  return std::nullopt;
}

JsonObject JsonObject::object(const std::string& key) {
  const nlohmann::json* value = take(key);
  if (value != nullptr && !value->is_object()) wrong_type(key, {"an object in { }", "{ } 로 묶은 객체가"});
  return JsonObject(file_, value != nullptr && value->is_object() ? *value : no_object, joined(path_, key));
}

std::vector<JsonObject> JsonObject::objects(const std::string& key) {
  std::vector<JsonObject> list;
  const nlohmann::json* value = take(key);
  if (value == nullptr) return list;
  const bool fits = value->is_array() && std::all_of(value->begin(), value->end(),
                                                     [](const nlohmann::json& element) { return element.is_object(); });
  if (!fits) {
    wrong_type(key, {"a list of objects", "객체의 목록이"});
    return list;
  }
  for (std::size_t at = 0; at < value->size(); ++at)
    list.emplace_back(file_, (*value)[at], joined(joined(path_, key), std::to_string(at)));
  return list;
}

std::vector<std::string> JsonObject::texts(const std::string& key) {
  std::vector<std::string> list;
  for (const std::string& element : quoted_list(key)) {
    if (auto text = clean_text(key, element)) list.push_back(std::move(*text));
  }
  return list;
}

std::vector<std::string> JsonObject::typed_list(const std::string& key) {
  std::vector<std::string> list = quoted_list(key);
  for (std::string& element : list) element = find_invisible(element) ? clean_lines(element) : normalize_nfc(element);
  return list;
}

std::vector<std::string> JsonObject::quoted_list(const std::string& key) {
  std::vector<std::string> list;
  const nlohmann::json* value = take(key);
  if (value == nullptr) return list;
  const bool fits = value->is_array() && std::all_of(value->begin(), value->end(),
                                                     [](const nlohmann::json& element) { return element.is_string(); });
  if (!fits) {
    wrong_type(key, {"a list of texts", "글의 목록이"});
    return list;
  }
  for (const nlohmann::json& element : *value) list.push_back(element.get<std::string>());
  return list;
}

void JsonObject::warn_of_unknown_keys() {
  for (const auto& [key, value] : object_.items()) {
    if (asked_.contains(key)) continue;
    std::string known;
    for (const std::string& name : asked_) known += (known.empty() ? "" : ", ") + name;
    file_.add_warning(joined(path_, key), {"unknown key, not read", "알 수 없는 키라 읽지 않았습니다"},
                      {fmt::format("known keys: {}", known), fmt::format("아는 키: {}", known)});
  }
}

}  // namespace hanjari::package
