// The photo: sent as it is, made upright and small, and cut to shape; moved by buttons until it is right. With a script
// the cutting happens before sending, and this page only sees the result.
#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/photos/portrait.h"
#include "hanjari/site/site.h"
#include "intake/pages/apply/apply_pages.h"
#include "intake/pages/apply/apply_steps.h"
#include "intake/pages/files/attachment_view.h"
#include "intake/pages/files/picture_queue.h"
#include "intake/pages/portal_call.h"

namespace hanjari::web {
namespace {

using photos::Adjustment;
using photos::Crop;

struct Chosen {
  std::string picture;  // id of the attachment
  Crop crop;
};

int read_number(const Values& values, const char* name) {
  const auto found = values.find(name);
  if (found == values.end() || found->second.empty() || found->second.size() > 5) return 0;
  int number = 0;
  for (const char digit : found->second) {
    if (digit < '0' || digit > '9') return 0;
    number = number * 10 + (digit - '0');
  }
  return number;
}

std::optional<Chosen> read_chosen(const Values& values) {
  const auto picture = values.find("picture");
  if (picture == values.end() || picture->second.empty()) return std::nullopt;
  return Chosen{picture->second,
                {read_number(values, "left"), read_number(values, "top"), read_number(values, "width")}};
}

std::optional<Adjustment> read_adjustment(const Values& values) {
  const auto found = values.find("move");
  if (found == values.end()) return std::nullopt;
  for (const auto& [word, adjustment] : {std::pair{"left", Adjustment::left},
                                         {"right", Adjustment::right},
                                         {"up", Adjustment::up},
                                         {"down", Adjustment::down},
                                         {"closer", Adjustment::closer},
                                         {"farther", Adjustment::farther}}) {
    if (found->second == word) return adjustment;
  }
  return std::nullopt;
}

// The picture that was sent before, of this person only.
std::string load_picture(const Applying& applying, const std::string& id) {
  const auto found = applying.intake.attachments.find_attachment(applying.applicant, AttachmentId(id));
  if (!found || found->kind != services::AttachmentKind::photo)
    throw NotFound("no_such_photo", {"There is no such photo.", "해당 사진이 없습니다."});
  return found->bytes;
}

photos::Picture decode_in_turn(const Call& call, std::string_view upload) {
  const PictureQueue::Turn turn(picture_queue(), call.actor().account, call.request.source);
  return photos::read_picture(upload);
}

AttachmentId save_photo(const Call& call, const Applying& applying, const std::string& jpeg) {
  services::Attachment photo;
  photo.exam = applying.notice().header.code;
  photo.kind = services::AttachmentKind::photo;
  photo.media_type = "image/jpeg";
  photo.name = "photo.jpg";
  photo.bytes = jpeg;
  photo.at = call.site.now();
  return applying.intake.attachments.save_attachment(applying.applicant, std::move(photo));
}

std::string query_of(const Chosen& chosen) {
  return fmt::format("picture={}&left={}&top={}&width={}", encode_percent(chosen.picture), chosen.crop.left,
                     chosen.crop.top, chosen.crop.width);
}

// The size of the picture, and the crop fitted into it; moved if a button was pressed.
Crop crop_of(const Call& call, const std::string& picture, const Chosen& chosen) {
  const auto [width, height] = photos::size_of_picture(picture);
  const Crop crop =
      chosen.crop.width == 0 ? photos::middle_crop(width, height) : photos::fitted_crop(chosen.crop, width, height);
  const auto move = read_adjustment(call.query);
  return move ? photos::adjusted_crop(crop, *move, width, height) : crop;
}

Response show_photo_page(const Call& call, Applying& applying, const std::string& fault, SavedStep saved) {
  const Pages& pages = call.site.pages();
  Page page{.name = "apply_photo", .title = pages.text(call.language, "apply.photo_title")};
  describe_steps(call, applying, ApplyStep::photo, page.data);
  const std::string here = apply_address(call, applying, ApplyStep::photo);
  page.data["action"] = here;
  page.data["use_action"] = here + "/portrait";
  page.data["next"] = apply_address(call, applying, ApplyStep::claims);
  page.data["has_photo"] = !applying.draft.form.photo.empty();
  if (!applying.draft.form.photo.empty()) page.data["photo_address"] = photo_address(call, applying.draft.form.photo);
  const auto chosen = read_chosen(call.query);
  page.data["preview"] = false;
  if (chosen && fault.empty()) {
    const Crop crop = crop_of(call, load_picture(applying, chosen->picture), *chosen);
    page.data["has_photo"] = false;
    page.data["preview"] = {{"picture", chosen->picture},
                            {"left", std::to_string(crop.left)},
                            {"top", std::to_string(crop.top)},
                            {"width", std::to_string(crop.width)},
                            {"picture_address", here + "/preview?" + query_of({chosen->picture, crop})}};
  }
  page.data["least_width"] = std::to_string(photos::portrait_width);
  page.data["least_height"] = std::to_string(photos::portrait_height);
  page.data["most_pixels"] = std::to_string(photos::most_pixels);
  page.data["most_bytes"] = std::to_string(photos::most_upload_bytes);
  page.data["photo_error"] = fault.empty() ? nlohmann::json(false) : nlohmann::json(fault);
  FormView form;
  form.add({.kind = FieldKind::line, .id = "photo", .label = {}});
  if (!fault.empty()) form.add_fault("photo", fault);
  if (saved != SavedStep::saved) form.add_fault("", why_not_saved(call, saved));
  form.describe(page.data);
  if (form.any_fault()) {
    page.status = saved == SavedStep::saved ? 422 : 409;
    page.title = pages.text(call.language, "seat_form.error_title", {{"title", page.title}});
  }
  return show(call, page);
}

Response keep_portrait(const Call& call, Applying& applying, const std::string& picture, Crop crop) {
  applying.draft.form.photo = save_photo(call, applying, photos::cut_portrait(picture, crop));
  if (const SavedStep saved = save_step(call, applying); saved != SavedStep::saved) return show_photo_page(call, applying, "", saved);
  return go_on(call, applying, ApplyStep::photo);
}

}  // namespace

Response show_apply_photo(const Call& call) {
  Applying applying = open_applying(call);
  return show_photo_page(call, applying, "", SavedStep::saved);
}

Response send_apply_photo(const Call& call) {
  Applying applying = open_applying(call);
  try {
    const FormPart* file = find_file(call, "photo");
    const photos::Picture picture = decode_in_turn(call, file == nullptr ? std::string_view{} : file->content);
    const Crop crop = photos::middle_crop(picture.width, picture.height);
    if (is_ticked(call, "cut")) return keep_portrait(call, applying, picture.jpeg, crop);
    const AttachmentId id = save_photo(call, applying, picture.jpeg);
    return redirect(apply_address(call, applying, ApplyStep::photo) + "?" + query_of({id.text(), crop}));
  } catch (const photos::PhotoRefused& refused) {
    return show_photo_page(call, applying, refused.message().in(call.language), SavedStep::saved);
  }
}

Response use_apply_photo(const Call& call) {
  Applying applying = open_applying(call);
  const auto chosen = read_chosen(call.form);
  if (!chosen)
    return show_photo_page(call, applying, call.site.pages().text(call.language, "apply.photo_choose"), SavedStep::saved);
  const std::string picture = load_picture(applying, chosen->picture);
  return keep_portrait(call, applying, picture, crop_of(call, picture, *chosen));
}

Response preview_apply_photo(const Call& call) {
  const Applying applying = open_applying(call);
  const auto chosen = read_chosen(call.query);
  if (!chosen) throw NotFound("no_such_photo", {"There is no such photo.", "해당 사진이 없습니다."});
  const std::string picture = load_picture(applying, chosen->picture);
  Response response;
  response.type = "image/jpeg";
  response.body = photos::cut_portrait(picture, crop_of(call, picture, *chosen));
  return response;
}

}  // namespace hanjari::web
