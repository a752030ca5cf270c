// JSON objects of a package, read key by key with the line of every key, so that a fault can say where it is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/base/fault.h"
#include "hanjari/package/csv.h"

namespace hanjari::package {

// One JSON file. Broken JSON and a key given twice are faults.
class JsonFile {
 public:
  static constexpr std::size_t longest_file = 64 * 1024 * 1024;  // bytes

  JsonFile(const std::filesystem::path& path, Encoding encoding, Faults& faults, std::vector<Fault>& warnings);
  // A file that is held in memory.
  JsonFile(std::string name, std::string text, Encoding encoding, Faults& faults, std::vector<Fault>& warnings);
  // Text that is not in a file; faults call it `name`.
  JsonFile(std::string name, std::string text, Faults& faults, std::vector<Fault>& warnings);

  // The outermost object; empty when the file could not be read.
  const nlohmann::json& root() const { return root_; }
  bool readable() const { return readable_; }
  // Keys joined by dots: "weights.travel".
  void add_fault(const std::string& path, Text what, Text fix);
  void add_warning(const std::string& path, Text what, Text fix);

 private:
  bool is_too_large(std::uint64_t bytes);
  bool is_of_another_kind(std::string_view bytes);  // a workbook, say; it is told then
  void read_in(std::string text, Encoding encoding);
  void read(std::string text);
  void find_lines(std::string_view text);
  void refuse_long_paths();

  std::string file_;
  Faults& faults_;
  std::vector<Fault>& warnings_;
  nlohmann::json root_ = nlohmann::json::object();
  std::map<std::string, std::uint64_t> line_of_;
  bool readable_ = false;
};

// The upper limit of a whole number that is bounded by nothing but its type.
inline constexpr std::int64_t most_integer = std::numeric_limits<std::int64_t>::max();

// An object of the file. Every reader gives nothing when the key is absent; a value of a wrong type or out of range is
// a fault and gives nothing too.
class JsonObject {
 public:
  JsonObject(JsonFile& file, const nlohmann::json& object, std::string path = {});

  bool has(const std::string& key) const { return object_.contains(key); }
  // True unless the key is absent or null.
  bool has_value(const std::string& key);
  // A key that must be there.
  void require(const std::string& key);
  std::optional<std::int64_t> integer(const std::string& key, std::int64_t least, std::int64_t most);
  // null is like absent.
  std::optional<std::int64_t> integer_or_null(const std::string& key, std::int64_t least, std::int64_t most);
  std::optional<double> number(const std::string& key);
  std::optional<bool> flag(const std::string& key);
  // A text that a person typed, cleaned, whatever it holds.
  std::optional<std::string> typed(const std::string& key);
  std::optional<std::string> text(const std::string& key);
  // A code, or another name that programs know: without blanks around it and in the signs of ASCII, as fields of forms are read. One
  // that is a code as it stands stays so.
  std::optional<std::string> code(const std::string& key);
  // The same for a value that people also write without quotes, such as a date: a number is given as it is written.
  std::optional<std::string> text_or_number(const std::string& key);
  // A word of a closed list, as its position; read as tables are (find_meant_word).
  std::optional<std::size_t> word(const std::string& key, std::span<const std::string_view> words);
  // An inner object; an empty one when absent or of another type.
  JsonObject object(const std::string& key);
  // Elements of a list; none when absent or of another type.
  std::vector<JsonObject> objects(const std::string& key);
  // A list of texts, each cleaned; none when absent or of another type.
  std::vector<std::string> texts(const std::string& key);
  // The same as `typed`: whatever the texts hold.
  std::vector<std::string> typed_list(const std::string& key);
  void add_fault(const std::string& key, Text what, Text fix);
  void add_warning(const std::string& key, Text what, Text fix);
  // One warning for every key that nobody asked for. Call last.
  void warn_of_unknown_keys();

 private:
  const nlohmann::json* take(const std::string& key);
  std::optional<std::string> quoted(const std::string& key);       // as it is written
  std::vector<std::string> quoted_list(const std::string& key);  // as it is written
  std::optional<std::string> clean_text(const std::string& key, const std::string& text);
  void wrong_type(const std::string& key, Text wanted);

  JsonFile& file_;
  const nlohmann::json& object_;
  std::string path_;
  std::set<std::string> asked_;
};

}  // namespace hanjari::package
