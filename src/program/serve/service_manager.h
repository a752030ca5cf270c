// A word to the service manager (systemd, Type=notify) that started the program, if one did.
#pragma once

#include <string>

namespace hanjari::cli {

// "READY=1", "STOPPING=1"; does nothing without NOTIFY_SOCKET. See sd_notify(3).
void tell_service_manager(const std::string& state);

}  // namespace hanjari::cli
