#include "workbook/zip_parts.h"

#include <zip.h>

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hanjari/workbook/file_kinds.h"
#include "workbook/xml_stream.h"

namespace hanjari::workbook {
namespace {

constexpr std::size_t block_bytes = 128 * 1024;
constexpr std::uint64_t small_part = 1'000'000;  // bytes; below it no ratio is looked at

}  // namespace

ZipParts::ZipParts(std::string name, std::string_view bytes, const ReadLimits& limits) : name_(std::move(name)) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_ = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip_ == nullptr && source != nullptr) zip_source_free(source);
  zip_error_fini(&error);
  if (zip_ == nullptr) {
    const auto kind = bytes.starts_with("PK") ? std::nullopt : name_of_file_kind(bytes);
    refuse_file(name_,
                kind ? Text{fmt::format("this is {}", kind->en), fmt::format("{}입니다", kind->ko)}
                     : Text{"this is no workbook (.xlsx), or it is damaged", "통합 문서(.xlsx)가 아니거나 손상되었습니다"},
                {"open it in the spreadsheet and save it as .xlsx without a password",
                 "스프레드시트에서 열어 암호 없이 .xlsx로 저장하십시오"});
  }
  try {
    check(limits);
  } catch (...) {
    zip_discard(zip_);
    throw;
  }
}

ZipParts::~ZipParts() {
  zip_discard(zip_);
}

void ZipParts::check(const ReadLimits& limits) const {
  const Text smaller{"keep only the sheets of the tables and save it again", "표가 든 시트만 남겨 다시 저장하십시오"};
  const zip_int64_t count = std::max<zip_int64_t>(zip_get_num_entries(zip_, 0), 0);
  if (static_cast<std::uint64_t>(count) > limits.entries) {
    refuse_file(name_, {fmt::format("the workbook has {} parts", count), fmt::format("통합 문서 안에 파일이 {}개 있습니다", count)},
                smaller);
  }
  std::uint64_t bytes = 0;
  for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip_, index, 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0) refuse_damaged(name_, "zip");
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
      refuse_file(name_, {"the workbook is locked with a password", "암호로 잠긴 통합 문서입니다"},
                  {"save it without a password", "암호 없이 저장하십시오"});
    }
    const bool swells = stat.size > small_part && (stat.valid & ZIP_STAT_COMP_SIZE) != 0 &&
                        stat.size / std::max<zip_uint64_t>(stat.comp_size, 1) > limits.ratio;
    if (swells || stat.size > limits.bytes - bytes) {
      refuse_file(name_,
                  {fmt::format("the workbook is far larger unpacked than any table here (above {} MB, or {} times its size)",
                               limits.bytes / 1'000'000, limits.ratio),
                   fmt::format("압축을 풀면 지나치게 커지는 통합 문서입니다({}MB 또는 {}배 초과)", limits.bytes / 1'000'000,
                               limits.ratio)},
                  smaller);
    }
    bytes += stat.size;
  }
}

std::optional<std::uint64_t> ZipParts::find(const std::string& part) const {
  const zip_int64_t at = zip_name_locate(zip_, part.c_str(), ZIP_FL_NOCASE);
  if (at < 0) return std::nullopt;
  return static_cast<std::uint64_t>(at);
}

std::string ZipParts::read(const std::string& part) const {
  Stream stream(*this, part);
  std::string whole;
  for (std::string_view block = stream.next(); !block.empty(); block = stream.next()) whole += block;
  return whole;
}

ZipParts::Stream::Stream(const ZipParts& parts, const std::string& part) : parts_(parts), part_(part) {
  const auto at = parts.find(part);
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (!at || zip_stat_index(parts.zip_, *at, 0, &stat) != 0) refuse_damaged(parts.name_, part);
  left_ = stat.size;
  file_ = zip_fopen_index(parts.zip_, *at, 0);
  if (file_ == nullptr) refuse_damaged(parts.name_, part);
  block_.resize(block_bytes);
}

ZipParts::Stream::~Stream() {
  if (file_ != nullptr) zip_fclose(file_);
}

// No more is unpacked than the head says; only behind the last byte it is known whether the sum is right.
std::string_view ZipParts::Stream::next() {
  const zip_int64_t got = zip_fread(file_, block_.data(), block_.size());
  if (got < 0 || static_cast<std::uint64_t>(got) > left_ || (got == 0 && left_ > 0)) refuse_damaged(parts_.name_, part_);
  left_ -= static_cast<std::uint64_t>(got);
  return std::string_view(block_).substr(0, static_cast<std::size_t>(got));
}

std::string resolve_target(const std::string& from, std::string_view target) {
  std::vector<std::string> steps;
  const auto walk = [&](std::string_view path) {
    while (true) {
      const std::size_t slash = path.find('/');
      const std::string_view step = path.substr(0, slash);
      if (step == "..") {
        if (!steps.empty()) steps.pop_back();
      } else if (!step.empty() && step != ".") {
        steps.emplace_back(step);
      }
      if (slash == std::string_view::npos) return;
      path.remove_prefix(slash + 1);
    }
  };
  if (!target.starts_with('/')) {
    walk(from);
    if (!steps.empty()) steps.pop_back();
  }
  walk(target);
  return fmt::format("{}", fmt::join(steps, "/"));
}

std::string relations_of(const std::string& part) {
  const std::size_t slash = part.rfind('/');
  const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
  return part.substr(0, name) + "_rels/" + part.substr(name) + ".rels";
}

}  // namespace hanjari::workbook
