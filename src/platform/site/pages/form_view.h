// Forms as the templates form_fields and error_summary draw them: labels, hints, what was typed, and every fault both
// beside its field and above the form.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/base/text.h"
#include "hanjari/http/http.h"

namespace hanjari::web {

// line: one line of text; digits: one that a phone offers digits for; choice: one of few; list: one of many; checks:
// any of several.
enum class FieldKind { line, digits, phone, email, date, lines, choice, list, checks };

enum class Presence { needed, optional };

struct Choice {
  std::string value;  // of checks: the name of the box
  std::string label;
  std::string note = {};
  bool chosen = false;
};

struct Field {
  FieldKind kind = FieldKind::line;
  std::string id;
  std::string label;
  std::string hint = {};
  std::string value = {};
  std::vector<Choice> choices = {};
  Presence presence = Presence::needed;
  std::string autocomplete = "off";
  int longest = 200;
  int rows = 4;  // of several lines
};

// Whether somebody else saved what the form is about between the look and the sending.
enum class Lateness { in_time, late };
// The version with which a form that was refused is sent again. In time: that at which its sender had looked, or a second try would write
// unread over what somebody else has saved since. Late: what is stored now, which the page shows beside what was typed. `stored` too
// where the form names none.
std::string version_again(const Values& form, Lateness lateness, std::int64_t stored);

class FormView {
 public:
  void add(Field field) { fields_.push_back(std::move(field)); }
  // `field`: id of one of the fields; of others the sentence stands above the form alone.
  void add_fault(const std::string& field, const std::string& what);
  // With an address where the fault can be mended, for pages whose fields are elsewhere.
  void add_fault_at(const std::string& address, const std::string& what);
  // Above the form: every fault that the refusal lists, or its message where it lists none.
  void add_refusal(const Error& refused, Language language);
  bool any_fault() const { return !faults_.empty(); }
  // Sets fields, faults and any_fault.
  void describe(nlohmann::json& data) const;

 private:
  struct Fault {
    std::string field;
    std::string address;
    std::string what;
  };
  const Fault* find_fault(const std::string& field) const;

  std::vector<Field> fields_;
  std::vector<Fault> faults_;
};

}  // namespace hanjari::web
