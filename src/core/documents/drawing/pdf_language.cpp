#include "documents/drawing/pdf_language.h"

#include <cctype>
#include <cstddef>
#include <optional>

#include <fmt/format.h>

namespace hanjari::documents {
namespace {

std::optional<std::size_t> number_behind(std::string_view text, std::string_view word) {
  auto at = text.find(word);
  if (at == std::string_view::npos) return std::nullopt;
  at += word.size();
  while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])) != 0) ++at;
  std::size_t number = 0;
  const std::size_t begin = at;
  for (; at < text.size() && at < begin + 15 && std::isdigit(static_cast<unsigned char>(text[at])) != 0; ++at)
    number = number * 10 + static_cast<std::size_t>(text[at] - '0');
  return at == begin ? std::nullopt : std::optional(number);
}

// What stands between the first "<<" and the last ">>".
std::optional<std::string_view> inside_of(std::string_view dictionary) {
  const auto begin = dictionary.find("<<");
  const auto end = dictionary.rfind(">>");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin + 2) return std::nullopt;
  return dictionary.substr(begin + 2, end - begin - 2);
}

}  // namespace

std::string say_language(std::string pdf, std::string_view language) {
  const std::string_view whole = pdf;
  const auto end = whole.rfind("startxref");
  const auto trailer_at = end == std::string_view::npos ? end : whole.rfind("trailer", end);
  if (trailer_at == std::string_view::npos) return pdf;
  const auto table = number_behind(whole.substr(end), "startxref");
  const auto trailer = inside_of(whole.substr(trailer_at, end - trailer_at));
  const auto root = trailer ? number_behind(*trailer, "/Root") : std::nullopt;
  if (!table || !root || trailer->find("/Prev") != std::string_view::npos) return pdf;
  const std::string head = fmt::format("{} 0 obj", *root);
  const auto catalogue_at = whole.rfind("\n" + head);
  const auto catalogue_end = whole.find("endobj", catalogue_at == std::string_view::npos ? whole.size() : catalogue_at);
  if (catalogue_end == std::string_view::npos) return pdf;
  const auto catalogue = inside_of(whole.substr(catalogue_at, catalogue_end - catalogue_at));
  if (!catalogue || catalogue->find("/Lang") != std::string_view::npos) return pdf;
  // What was drawn between tags is in the tree; without this programs do not look for it.
  const bool unmarked = catalogue->find("/StructTreeRoot") != std::string_view::npos &&
                        catalogue->find("/MarkInfo") == std::string_view::npos;
  std::string added = pdf.ends_with('\n') ? "" : "\n";
  const std::size_t object_at = pdf.size() + added.size();
  added += fmt::format("{}\n<<{}{}   /Lang ({})\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n", head,
                       *catalogue, unmarked ? "   /MarkInfo << /Marked true >>\n" : "", language);
  const std::size_t new_table = pdf.size() + added.size();
  added += fmt::format("xref\n{} 1\n{:010} 00000 n \ntrailer\n<<{}   /Prev {}\n>>\nstartxref\n{}\n%%EOF\n", *root, object_at,
                       *trailer, *table, new_table);
  pdf += added;  // no view of the file is used behind this
  return pdf;
}

}  // namespace hanjari::documents
