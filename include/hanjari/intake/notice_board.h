// The notices as everybody reads them.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"
#include "hanjari/intake/recruitments.h"

namespace hanjari::services {

class NoticeBoard {
 public:
  explicit NoticeBoard(RecruitmentRepository& recruitments) : recruitments_(recruitments) {}

  // Published ones, by exam day.
  std::vector<std::shared_ptr<const StoredRecruitment>> list_notices();
  // Throws NotFound (unknown_recruitment) also for one that is only prepared.
  std::shared_ptr<const StoredRecruitment> load_notice(const ExamCode&);
  // Whatever its state: what was applied for goes on while a notice is retracted. Null when there is none.
  std::shared_ptr<const StoredRecruitment> find_notice(const ExamCode&);
  // The same for who applied there. Throws NotFound (unknown_recruitment).
  std::shared_ptr<const StoredRecruitment> load_kept_notice(const ExamCode&);
  // Empty while counts are not shown.
  std::map<UnitCode, Competition> list_competition(const StoredRecruitment&, Instant now);

 private:
  RecruitmentRepository& recruitments_;
};

// --- What the institution itself says: an officer writes it, in Korean and if wanted in English, and every version is kept ---

// consent: what applicants agree to on the form. The others are pages of their own.
enum class PortalPage { privacy, terms, accessibility, help, consent };
constexpr std::size_t portal_pages = 5;
std::string_view spell(PortalPage);
std::optional<PortalPage> parse_portal_page(std::string_view word);
// All of them, in the order in which they are listed.
std::vector<PortalPage> list_portal_pages();

struct PortalText {
  PortalPage page = PortalPage::privacy;
  int version = 0;  // 0: the program's own words, while nobody has written any; empty where only the institution knows
  Text words;       // plain markup, as the pages draw it
  std::string author;
  Instant at{};
};

class PortalTextRepository {
 public:
  virtual ~PortalTextRepository() = default;
  // Nothing while none is stored.
  virtual std::optional<PortalText> find_newest_text(PortalPage page) = 0;
  virtual std::optional<PortalText> find_text(PortalPage page, int version) = 0;
  // Compare-and-set: throws Conflict (portal_text_changed) unless the newest version is `before` (0: none).
  virtual void add_text(const PortalText& text, int before, const Change& change) = 0;
};

class PortalTexts {
 public:
  explicit PortalTexts(PortalTextRepository& texts) : texts_(texts) {}

  // What counts now.
  PortalText load_text(PortalPage page);
  // What counted once; nothing when there was no such version.
  std::optional<PortalText> find_text(PortalPage page, int version);
  // Writes the version after `before`. Throws InvalidInput (bad_portal_text) with every fault: a language is empty, or
  // longer than longest_portal_text; Conflict (portal_text_changed).
  PortalText write_text(const Actor& officer, PortalPage page, Text words, int before, const std::string& reason,
                        Instant now);

 private:
  PortalTextRepository& texts_;
};

constexpr std::size_t longest_portal_text = 60'000;  // bytes of one language

}  // namespace hanjari::services
