// The templates of the final stage, one for each kind of text and language.
#pragma once

namespace hanjari::announcement {

extern const char* const final_page_en;
extern const char* const final_page_ko;
extern const char* const final_notice_en;
extern const char* const final_notice_ko;
extern const char* const final_message_en;
extern const char* const final_message_ko;

}  // namespace hanjari::announcement
