// What the institution says on the portal, in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/intake/notice_board.h"

namespace hanjari::storage {

class PortalTextStore : public services::PortalTextRepository {
 public:
  explicit PortalTextStore(const Store& store) : store_(store) {}
  std::optional<services::PortalText> find_newest_text(services::PortalPage page) override;
  std::optional<services::PortalText> find_text(services::PortalPage page, int version) override;
  void add_text(const services::PortalText& text, int before, const services::Change& change) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage
