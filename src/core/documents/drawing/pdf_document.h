// A PDF being drawn page by page: rules, fills and glyphs in points from the top left corner.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <cairo.h>

#include "documents/drawing/font_book.h"
#include "documents/drawing/stamp.h"
#include "hanjari/documents/paper.h"

namespace hanjari::documents {

constexpr double a4_width = 595.276;
constexpr double a4_height = 841.89;
constexpr double mm = 72 / 25.4;

// Colours of the papers; printers in schools are black and white, so everything must read in grey.
struct Ink {
  double red = 0, green = 0, blue = 0;
  auto operator<=>(const Ink&) const = default;
};
constexpr Ink black{0.08, 0.08, 0.1};
constexpr Ink grey{0.38, 0.4, 0.43};
constexpr Ink pale{0.66, 0.68, 0.71};     // hairlines
constexpr Ink tint{0.945, 0.953, 0.965};  // shading of headings
constexpr Ink white{1, 1, 1};

struct PdfInfo {
  std::string title;
  std::string subject;
  std::string author;
  Instant created_at{};
  std::string language{};  // in which it is read aloud ("ko-KR"); empty: not said
  bool is_plain = false;   // its table of contents is text, for programs that read it back
};

// The same file for screen readers, which learn from it in which language they read.
PdfInfo read_aloud(PdfInfo info, Language language);

struct Rectangle {
  double x = 0, y = 0, width = 0, height = 0;
};

enum class Align { left, center, right };

class PdfDocument {
 public:
  explicit PdfDocument(const PdfInfo& info);
  ~PdfDocument();
  PdfDocument(const PdfDocument&) = delete;
  PdfDocument& operator=(const PdfDocument&) = delete;

  void begin_page(double width = a4_width, double height = a4_height);
  void end_page();

  // Shapes are drawn at once, in order; lines and texts after them at end_page() or flush(), grouped by kind, which
  // keeps the file small and quick to make.
  void fill(Rectangle area, Ink ink);
  void fill_all(const std::vector<Rectangle>& areas, Ink ink);
  void frame(Rectangle area, double thickness, Ink ink);
  void rounded_frame(Rectangle area, double radius, double thickness, Ink ink);
  // Squares in black and white, `columns` in a row: an image of one bit a square, sharp at every size, a tenth of what
  // the same squares take as shapes.
  void squares(Rectangle area, int columns, const std::vector<bool>& dark);
  // A JPEG, stretched to the area; the file holds its bytes as they are.
  void picture(Rectangle area, const std::string& jpeg);
  // A stamp as large as fits into the area, in its middle, like ink on what stands there: the ground of a picture, white in every
  // JPEG, hides nothing of it. Texts that were not flushed before stand above it.
  void stamp(Rectangle area, const Stamp& picture);
  void line(double x1, double y1, double x2, double y2, double thickness, Ink ink);
  // The text's baseline begins at x, y.
  void text(const SharedText& shaped, double x, double y, double size, Ink ink = black);
  // A text beginning, centred or ending at x.
  void text(std::string_view words, double x, double y, double size, Weight weight = Weight::regular, Ink ink = black,
            Align align = Align::left);
  double width(std::string_view words, double size, Weight weight = Weight::regular) {
    return book_.width(words, weight, size);
  }
  void flush();

  // Structure for screen readers: what is drawn between begin_tag and end_tag belongs to the element.
  void begin_tag(const char* name, const char* attributes = nullptr);
  void end_tag(const char* name);

  FontBook& book() { return book_; }
  // Finishes the file. The document may not be used afterwards.
  Paper finish();

 private:
  struct TextBatch {
    unsigned face = 0;
    double size = 0;
    Ink ink;
    std::string text;
    std::vector<cairo_glyph_t> glyphs;
    std::vector<cairo_text_cluster_t> clusters;
  };
  struct Segment {
    double x1, y1, x2, y2;
  };
  struct LineBatch {
    double thickness = 0;
    Ink ink;
    std::vector<Segment> segments;
  };

  void set(Ink ink);
  TextBatch& batch_of(unsigned face, double size, Ink ink);

  // cairo 1.16 shares FreeType's faces between all threads of a process without locking every use: two documents drawn
  // at once crash now and then. So one document is drawn at a time.
  std::unique_lock<std::recursive_mutex> drawing_;
  FontBook& book_;
  std::string language_;
  std::string bytes_;
  cairo_surface_t* surface_ = nullptr;
  cairo_t* cairo_ = nullptr;
  // In the order of first use, which depends on the paper alone (the numbers of faces depend on what the thread drew
  // before). A handful at most: looked up one by one.
  std::vector<TextBatch> texts_;
  std::vector<LineBatch> lines_;
  std::vector<MissingGlyph> missing_;
  int pages_ = 0;
};

}  // namespace hanjari::documents
