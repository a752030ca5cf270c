#include "hanjari/outgoing/tls_context.h"

#include <Poco/Exception.h>

#include "hanjari/base/error.h"

namespace hanjari::outgoing {

Poco::Net::Context::Ptr client_context(const std::string& authorities) {
  using Poco::Net::Context;
  Context::Params params;
  params.verificationMode = Context::VERIFY_STRICT;
  params.loadDefaultCAs = true;
  params.caLocation = authorities;
  try {
    Context::Ptr context = new Context(Context::TLS_CLIENT_USE, params);
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    context->enableExtendedCertificateVerification(true);
    return context;
  } catch (const Poco::Exception&) {
    throw Unavailable("bad_authorities", {"the authorities in '" + authorities + "' cannot be read",
                                          "'" + authorities + "'의 인증 기관을 읽을 수 없습니다"});
  }
}

}  // namespace hanjari::outgoing
