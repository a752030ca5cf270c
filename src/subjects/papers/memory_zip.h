// A ZIP that is made in memory.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "hanjari/base/local_time.h"

struct zip;
struct zip_source;

namespace hanjari::services {

// Names are UTF-8 and marked so. The same contents and time give the same bytes. Throws Unavailable (zip_not_made).
class MemoryZip {
 public:
  explicit MemoryZip(const LocalTime& time);
  ~MemoryZip();
  MemoryZip(const MemoryZip&) = delete;
  MemoryZip& operator=(const MemoryZip&) = delete;

  // `name`: with its folder. PDF and XLSX are compressed inside already, so only other contents are.
  void add(const std::string& name, std::string bytes);
  // Of the contents so far.
  std::size_t size() const { return size_; }
  bool empty() const { return contents_.empty(); }
  // The bytes of the file; nothing can be added afterwards.
  std::string close();

 private:
  void let_go();

  LocalTime time_;
  zip_source* target_ = nullptr;
  zip* archive_ = nullptr;
  std::deque<std::string> contents_;  // the library reads them when the archive is closed
  std::size_t size_ = 0;
};

}  // namespace hanjari::services
