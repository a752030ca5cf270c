// Which seats people have looked at, in the database.
#pragma once

#include "audit/store.h"
#include "hanjari/plans/seat_views.h"

namespace hanjari::storage {

class SeatViewStore : public services::SeatViewRepository {
 public:
  explicit SeatViewStore(const Store& store) : store_(store) {}
  std::optional<services::SeatView> find_seat_view(const ApplicationId& application) override;
  void save_seat_view(const ApplicationId& application, const ExamCode& exam, const services::SeatView& view,
                      const services::Change& change) override;

 private:
  const Store& store_;
};

}  // namespace hanjari::storage
