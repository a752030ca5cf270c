// Filling in: the form of a person, saved step by step, and the files that belong to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "hanjari/intake/applicant.h"
#include "hanjari/intake/applications.h"
#include "hanjari/intake/attachments.h"
#include "hanjari/intake/recruitments.h"

namespace hanjari::services {

// Of one account, those that were withdrawn among them.
constexpr int most_applications_in_exam = 20;
// Of one application, by whomever; its applicant begins no further change then.
constexpr std::int64_t most_versions = 100;

class FormFilling {
 public:
  struct Needs {
    RecruitmentRepository& recruitments;
    ApplicationRepository& applications;
    AttachmentRepository& attachments;
    const IdentityHash& identity;
    const Clock& clock;
  };
  explicit FormFilling(const Needs& needs) : needs_(needs) {}

  // The draft of the person, made when there is none. While the person has a submitted application in the exam that is
  // not over, the draft edits it. Throws NotOpen outside the window of every calendar, Conflict (too_many_applications)
  // after so many in the exam that were withdrawn, too_many_changes.
  Draft open_draft(const Applicant&, const ExamCode&);
  // Nothing when none was begun.
  std::optional<Draft> find_draft(const Applicant&, const ExamCode&);
  // Also one that does not open, without its form: it can be discarded.
  std::optional<Draft> find_discardable(const Applicant& who, const ExamCode& exam) {
    return needs_.applications.find_draft_as_listed(who.account, exam);
  }
  // Saves a step; nothing is judged, so that a half-filled form can be kept. Gives the draft with its new version.
  // Throws DraftChanged (saved from another device meanwhile), NotOpen, ValueTooLong, and InvalidInput
  // (unknown_attachment) when the form names a photo or document that is not the person's own of this exam, or
  // (too_many_documents) more documents than there may be.
  Draft save_draft(const Applicant&, const ExamCode&, std::int64_t version, const ApplicationForm& form);
  // Gives up what was begun: the form of `version` is forgotten; an application that it changes counts as it was
  // submitted. One that is gone already is no fault. Throws DraftChanged.
  void discard_draft(const Applicant&, const ExamCode&, std::int64_t version);
  // The faults that stand against submitting, all at once, in the order of the form.
  std::vector<FieldFault> review_draft(const Draft& draft);
  // Sets birth date, sex and identity hash of the form from a resident number. Throws InvalidInput
  // (bad_resident_number, impossible_birth).
  void identify(ApplicationForm& form, std::string_view resident_number);

 private:
  Needs needs_;
};

// Photos and documents of the person who asks.
class OwnAttachments {
 public:
  explicit OwnAttachments(AttachmentRepository& attachments) : attachments_(attachments) {}

  // Nothing for somebody else's.
  std::optional<Attachment> find_attachment(const Applicant&, const AttachmentId&);
  // Of the person's documents in the exam, by id: pages that show names read no files for it.
  std::map<std::string, std::string> list_document_names(const Applicant&, const ExamCode&);
  // Stored as the applicant's, whoever it says. Throws as AttachmentRepository::save_attachment.
  AttachmentId save_attachment(const Applicant&, Attachment);

 private:
  AttachmentRepository& attachments_;
};

}  // namespace hanjari::services
