#include "documents/drawing/pdf_document.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <numbers>

#include <cairo-pdf.h>
#include <fmt/format.h>

#include "documents/drawing/pdf_language.h"
#include "hanjari/base/error.h"

namespace hanjari::documents {
namespace {

// Recursive, because a paper may begin a document while it draws another.
std::recursive_mutex& drawing_lock() {
  static std::recursive_mutex lock;
  return lock;
}

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

PdfInfo read_aloud(PdfInfo info, Language language) {
  info.language = language == Language::korean ? "ko-KR" : "en";
  return info;
}

PdfDocument::PdfDocument(const PdfInfo& info)
    : drawing_(drawing_lock()), book_(FontBook::shared()), language_(info.language) {
  surface_ = cairo_pdf_surface_create_for_stream(append_bytes, &bytes_, a4_width, a4_height);
  cairo_pdf_surface_restrict_to_version(surface_, info.is_plain ? CAIRO_PDF_VERSION_1_4 : CAIRO_PDF_VERSION_1_5);
  const auto describe = [&](cairo_pdf_metadata_t what, const std::string& value) {
    if (!value.empty()) cairo_pdf_surface_set_metadata(surface_, what, value.c_str());
  };
  describe(CAIRO_PDF_METADATA_TITLE, info.title);
  describe(CAIRO_PDF_METADATA_SUBJECT, info.subject);
  describe(CAIRO_PDF_METADATA_AUTHOR, info.author);
  describe(CAIRO_PDF_METADATA_CREATOR, "Hanjari");
  describe(CAIRO_PDF_METADATA_CREATE_DATE, format_instant(info.created_at));
  describe(CAIRO_PDF_METADATA_MOD_DATE, format_instant(info.created_at));
  cairo_ = cairo_create(surface_);
}

PdfDocument::~PdfDocument() {
  cairo_destroy(cairo_);
  cairo_surface_destroy(surface_);
}

void PdfDocument::begin_page(double width, double height) {
  cairo_pdf_surface_set_size(surface_, width, height);
  // One element around all others, as PDF/UA asks for; a size that is set afterwards would take it back.
  if (pages_ == 0 && !language_.empty()) cairo_tag_begin(cairo_, "Document", "");
  ++pages_;
}

void PdfDocument::end_page() {
  flush();
  cairo_show_page(cairo_);
}

void PdfDocument::set(Ink ink) {
  cairo_set_source_rgb(cairo_, ink.red, ink.green, ink.blue);
}

void PdfDocument::fill(Rectangle area, Ink ink) {
  fill_all({area}, ink);
}

void PdfDocument::fill_all(const std::vector<Rectangle>& areas, Ink ink) {
  set(ink);
  for (const Rectangle& area : areas) cairo_rectangle(cairo_, area.x, area.y, area.width, area.height);
  cairo_fill(cairo_);
}

void PdfDocument::frame(Rectangle area, double thickness, Ink ink) {
  set(ink);
  cairo_set_line_width(cairo_, thickness);
  cairo_rectangle(cairo_, area.x, area.y, area.width, area.height);
  cairo_stroke(cairo_);
}

void PdfDocument::rounded_frame(Rectangle area, double radius, double thickness, Ink ink) {
  constexpr double quarter = std::numbers::pi / 2;
  set(ink);
  cairo_set_line_width(cairo_, thickness);
  cairo_new_sub_path(cairo_);
  const double right = area.x + area.width;
  const double bottom = area.y + area.height;
  cairo_arc(cairo_, right - radius, area.y + radius, radius, -quarter, 0);
  cairo_arc(cairo_, right - radius, bottom - radius, radius, 0, quarter);
  cairo_arc(cairo_, area.x + radius, bottom - radius, radius, quarter, 2 * quarter);
  cairo_arc(cairo_, area.x + radius, area.y + radius, radius, 2 * quarter, 3 * quarter);
  cairo_close_path(cairo_);
  cairo_stroke(cairo_);
}

void PdfDocument::squares(Rectangle area, int columns, const std::vector<bool>& dark) {
  const int rows = static_cast<int>(dark.size()) / columns;
  cairo_surface_t* image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows);
  auto* pixels = cairo_image_surface_get_data(image);
  const int stride = cairo_image_surface_get_stride(image);
  for (int row = 0; row < rows; ++row) {
    auto* line = reinterpret_cast<std::uint32_t*>(pixels + row * stride);
    for (int column = 0; column < columns; ++column) {
      line[column] = dark[static_cast<std::size_t>(row * columns + column)] ? 0 : 0xFFFFFF;
    }
  }
  cairo_surface_mark_dirty(image);
  cairo_save(cairo_);
  cairo_translate(cairo_, area.x, area.y);
  cairo_scale(cairo_, area.width / columns, area.height / rows);
  cairo_set_source_surface(cairo_, image, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cairo_), CAIRO_FILTER_NEAREST);
  cairo_paint(cairo_);
  cairo_restore(cairo_);
  cairo_surface_destroy(image);
}

void PdfDocument::picture(Rectangle area, const std::string& jpeg) {
  // The file takes the bytes of the JPEG; the surface only says where they go.
  cairo_surface_t* image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 35, 45);
  auto* kept = new std::string(jpeg);
  const auto status = cairo_surface_set_mime_data(
      image, CAIRO_MIME_TYPE_JPEG, reinterpret_cast<const unsigned char*>(kept->data()), kept->size(),
      [](void* owner) { delete static_cast<std::string*>(owner); }, kept);
  if (status != CAIRO_STATUS_SUCCESS) delete kept;
  cairo_save(cairo_);
  cairo_translate(cairo_, area.x, area.y);
  cairo_scale(cairo_, area.width / 35, area.height / 45);
  cairo_set_source_surface(cairo_, image, 0, 0);
  cairo_paint(cairo_);
  cairo_restore(cairo_);
  cairo_surface_destroy(image);
}

void PdfDocument::stamp(Rectangle area, const Stamp& picture) {
  const double scale = std::min(area.width / picture.width(), area.height / picture.height());
  cairo_save(cairo_);
  cairo_translate(cairo_, area.x + (area.width - picture.width() * scale) / 2,
                  area.y + (area.height - picture.height() * scale) / 2);
  cairo_scale(cairo_, scale, scale);
  cairo_set_source_surface(cairo_, picture.surface(), 0, 0);
  cairo_set_operator(cairo_, CAIRO_OPERATOR_MULTIPLY);
  cairo_paint(cairo_);
  cairo_restore(cairo_);
}

void PdfDocument::line(double x1, double y1, double x2, double y2, double thickness, Ink ink) {
  for (LineBatch& batch : lines_) {
    if (batch.thickness == thickness && batch.ink == ink) {
      batch.segments.push_back({x1, y1, x2, y2});
      return;
    }
  }
  lines_.push_back({thickness, ink, {{x1, y1, x2, y2}}});
}

PdfDocument::TextBatch& PdfDocument::batch_of(unsigned face, double size, Ink ink) {
  for (TextBatch& batch : texts_) {
    if (batch.face == face && batch.size == size && batch.ink == ink) return batch;
  }
  texts_.push_back({face, size, ink, {}, {}, {}});
  return texts_.back();
}

void PdfDocument::text(const SharedText& shaped, double x, double y, double size, Ink ink) {
  std::size_t glyph = 0;
  std::size_t byte = 0;
  TextBatch* batch = nullptr;
  unsigned face = 0;
  for (const ShapedCluster& cluster : shaped->clusters) {
    if (batch == nullptr || cluster.face != face) {
      face = cluster.face;
      batch = &batch_of(face, size, ink);
    }
    batch->text.append(shaped->text, byte, static_cast<std::size_t>(cluster.bytes));
    batch->clusters.push_back({cluster.bytes, cluster.glyphs});
    for (int i = 0; i < cluster.glyphs; ++i, ++glyph) {
      const ShapedGlyph& placed = shaped->glyphs[glyph];
      batch->glyphs.push_back({placed.glyph, x + placed.x * size, y + placed.y * size});
    }
    byte += static_cast<std::size_t>(cluster.bytes);
  }
  for (const char32_t character : shaped->missing) missing_.push_back({character, shaped->text});
}

void PdfDocument::text(std::string_view words, double x, double y, double size, Weight weight, Ink ink, Align align) {
  const SharedText shaped = book_.shape(words, weight);
  const double width = shaped->width * size;
  text(shaped, align == Align::left ? x : align == Align::center ? x - width / 2 : x - width, y, size, ink);
}

void PdfDocument::flush() {
  for (const LineBatch& batch : lines_) {
    set(batch.ink);
    cairo_set_line_width(cairo_, batch.thickness);
    for (const Segment& segment : batch.segments) {
      cairo_move_to(cairo_, segment.x1, segment.y1);
      cairo_line_to(cairo_, segment.x2, segment.y2);
    }
    cairo_stroke(cairo_);
  }
  lines_.clear();
  for (const TextBatch& batch : texts_) {
    set(batch.ink);
    cairo_set_scaled_font(cairo_, book_.scaled_font(batch.face, batch.size));
    cairo_show_text_glyphs(cairo_, batch.text.data(), static_cast<int>(batch.text.size()), batch.glyphs.data(),
                           static_cast<int>(batch.glyphs.size()), batch.clusters.data(),
                           static_cast<int>(batch.clusters.size()), static_cast<cairo_text_cluster_flags_t>(0));
  }
  texts_.clear();
}

void PdfDocument::begin_tag(const char* name, const char* attributes) {
  flush();
  cairo_tag_begin(cairo_, name, attributes == nullptr ? "" : attributes);
}

void PdfDocument::end_tag(const char* name) {
  flush();
  cairo_tag_end(cairo_, name);
}

Paper PdfDocument::finish() {
  if (pages_ > 0 && !language_.empty()) cairo_tag_end(cairo_, "Document");
  cairo_surface_finish(surface_);
  const cairo_status_t status =
      cairo_status(cairo_) != CAIRO_STATUS_SUCCESS ? cairo_status(cairo_) : cairo_surface_status(surface_);
  if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_SURFACE_FINISHED) {
    throw Unavailable("paper_not_drawn", {fmt::format("the PDF cannot be made: {}", cairo_status_to_string(status)),
                                          fmt::format("PDF를 만들 수 없습니다: {}", cairo_status_to_string(status))});
  }
  std::sort(missing_.begin(), missing_.end());
  missing_.erase(std::unique(missing_.begin(), missing_.end()), missing_.end());
  if (!language_.empty()) bytes_ = say_language(std::move(bytes_), language_);
  return {std::move(bytes_), pages_, std::move(missing_)};
}

}  // namespace hanjari::documents
