#include "io/checkpoint/interruption.hpp"

#include <fmt/format.h>

#include <array>
#include <cstring>

namespace vesicast::io {
namespace {

constexpr std::array signals{SIGUSR1, SIGUSR2, SIGTERM, SIGINT};
std::array<struct sigaction, signals.size()> before{};
volatile std::sig_atomic_t last = 0;

extern "C" void note(int signal) {
  last = signal;
}

}  // namespace

SignalsNoted::SignalsNoted() {
  last = 0;
  struct sigaction action {};
  action.sa_handler = note;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < signals.size(); ++i) {
    action.sa_flags = signals[i] == SIGINT ? SA_RESTART | static_cast<int>(SA_RESETHAND) : SA_RESTART;
    sigaction(signals[i], &action, &before[i]);
  }
}

SignalsNoted::~SignalsNoted() {
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &before[i], nullptr);
}

int SignalsNoted::noted() {
  return last;
}

std::string signal_name(int signal) {
  const char* name = sigabbrev_np(signal);
  return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", signal);
}

}  // namespace vesicast::io
