// The stores of applying, together.
#pragma once

#include "hanjari/intake/applicant.h"
#include "intake/store/application_store.h"
#include "intake/store/attachment_store.h"
#include "intake/store/office/application_table_store.h"
#include "intake/store/notice_proposal_store.h"
#include "intake/store/payment_store.h"
#include "intake/store/portal_text_store.h"
#include "intake/store/recruitment_store.h"
#include "intake/store/self_report_store.h"
#include "intake/store/setup_store.h"
#include "messages/store/message_store.h"

namespace hanjari::storage {

// Keyed with the lookup key, as everything that people are found by.
class KeyedIdentity : public services::IdentityHash {
 public:
  explicit KeyedIdentity(const Store& store) : store_(store) {}
  std::string hash_identity(std::string_view number) const override;

 private:
  const Store& store_;
};

struct IntakeStores {
  explicit IntakeStores(const Store& store)
      : recruitments(store),
        applications(store),
        application_table(store),
        attachments(store),
        payments(store),
        test_orders(store),
        self_reports(store),
        portal_texts(store),
        setups(store),
        notice_proposals(store, recruitments),
        outbox(store),
        identity(store) {}

  RecruitmentStore recruitments;
  ApplicationStore applications;
  ApplicationTableStore application_table;
  AttachmentStore attachments;
  PaymentStore payments;
  TestOrderStore test_orders;
  SelfReportStore self_reports;
  PortalTextStore portal_texts;
  SetupStore setups;
  NoticeProposalStore notice_proposals;
  MessageStore outbox;
  KeyedIdentity identity;
};

}  // namespace hanjari::storage
