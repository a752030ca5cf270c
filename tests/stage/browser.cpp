#include "stage/browser.h"

namespace hanjari::web::testing {

Response Browser::send(Request request) {
  std::string cookies;
  for (const auto& [name, value] : cookies_) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
  if (!cookies.empty()) request.headers.set("cookie", cookies);
  if (request.source.empty()) request.source = "192.0.2.7";
  Response response = running_.edge.answer(listener_, request);
  for (const auto& [name, value] : response.headers) {
    if (name != "Set-Cookie") continue;
    const auto equals = value.find('=');
    const auto end = value.find(';');
    if (value.find("Max-Age=0") != std::string::npos) {
      cookies_.erase(value.substr(0, equals));
    } else {
      cookies_[value.substr(0, equals)] = value.substr(equals + 1, end - equals - 1);
    }
  }
  return response;
}

Response Browser::get(const std::string& address, const Headers& headers) {
  Request request;
  const auto mark = address.find('?');
  request.path = address.substr(0, mark);
  request.query = mark == std::string::npos ? "" : address.substr(mark + 1);
  request.headers = headers;
  return send(std::move(request));
}

Response Browser::post(const std::string& page, const std::string& action,
                       const std::map<std::string, std::string>& fields) {
  auto filled = fields;
  filled["form_token"] = form_token_in(std::string(get(page).content()));
  Request request;
  request.method = Method::post;
  const auto mark = action.find('?');
  request.path = action.substr(0, mark);
  request.query = mark == std::string::npos ? "" : action.substr(mark + 1);
  request.headers.set("content-type", "application/x-www-form-urlencoded");
  request.body = encode_form(filled);
  return send(std::move(request));
}

Response Browser::post_files(const std::string& page, const std::string& action,
                             const std::map<std::string, std::string>& fields, const std::vector<File>& files) {
  auto filled = fields;
  filled["form_token"] = form_token_in(std::string(get(page).content()));
  Request request;
  request.method = Method::post;
  request.path = action;
  request.headers.set("content-type", "multipart/form-data; boundary=----line");
  for (const auto& [name, value] : filled)
    request.body += "------line\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  for (const File& file : files)
    request.body += "------line\r\nContent-Disposition: form-data; name=\"" + file.field + "\"; filename=\"" +
                    file.name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + file.content + "\r\n";
  request.body += "------line--\r\n";
  return send(std::move(request));
}

std::string Browser::form_token_in(const std::string& page) {
  const std::string head = "name=\"form_token\" value=\"";
  const auto at = page.find(head);
  return at == std::string::npos ? ""
                                 : page.substr(at + head.size(), page.find('"', at + head.size()) - at - head.size());
}

std::string Browser::encode_form(const std::map<std::string, std::string>& fields) {
  std::string body;
  for (const auto& [name, value] : fields)
    body += (body.empty() ? "" : "&") + encode_percent(name) + "=" + encode_percent(value);
  return body;
}

}  // namespace hanjari::web::testing
