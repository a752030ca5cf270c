// What is wrong with an entry, field by field, and all of it at once.
#pragma once

#include <string>
#include <utility>

#include "hanjari/base/error.h"

namespace hanjari::services {

// Sentences, each at the field where it can be mended. Pages show them there, programs read them in one message.
class EntryFaults {
 public:
  void add(const std::string& field, const Text& sentence) {
    text_.en += (text_.en.empty() ? "" : " ") + sentence.en;
    text_.ko += (text_.ko.empty() ? "" : " ") + sentence.ko;
    faults_.add({"", 0, field, sentence, {}});
  }
  void add_all(const EntryFaults& others) {
    for (const Fault& fault : others.faults_.kept()) add(fault.column, fault.what);
  }
  // The same, each sentence with whose it is before it.
  void add_all_of(const std::string& whose, const EntryFaults& others) {
    for (const Fault& fault : others.faults_.kept())
      add(fault.column, {whose + ": " + fault.what.en, whose + ": " + fault.what.ko});
  }
  bool any() const { return !faults_.empty(); }
  void throw_if_any(const char* code) const {
    if (any()) throw InvalidInput(code, text_, faults_);
  }

 private:
  Text text_;
  Faults faults_;
};

}  // namespace hanjari::services
