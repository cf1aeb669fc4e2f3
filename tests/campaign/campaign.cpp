// Random configurations, each on one rank and on all others together: does every one run, to the same bits, or is
// refused by what `validate` looks at?
//
// usage: campaign FIRST LAST   seeds, both included; on one rank: no comparison
// Exit codes: 0 all well, 1 not, 99 a case took longer than two minutes.
#include <fmt/format.h>
#include <mpi.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>

#include "decomposition/petsc.hpp"
#include "io/commands/member.hpp"
#include "tests/campaign/random_config.hpp"

namespace {

using namespace vesicast;

void too_long(int) {
  const char text[] = "a case took longer than two minutes; the last seed printed is the one before it\n";
  static_cast<void>(!write(2, text, sizeof text - 1));
  _exit(99);
}

/// What is wrong with a case; empty: nothing. `alone` on rank 0, `together` on the first of the others.
std::string verdict(const io::MemberResult& r) {
  if (r.code == ExitCode::done) return "";
  if (r.refused && r.code == ExitCode::bad_input) return "";
  return fmt::format("exit code {}{}: {}", static_cast<int>(r.code), r.refused ? " of validate" : "", r.message);
}

/// The first words of a message, without its numbers and names: to count reasons by.
std::string reason(const std::string& message) {
  std::string out;
  bool quoted = false;
  for (const char c : message.substr(0, message.find('\n'))) {
    if (c == '"') quoted = !quoted;
    if (quoted || c == '"') continue;
    out += (c >= '0' && c <= '9') ? '#' : c;
  }
  return out.substr(0, 100);
}

struct Text {
  static void send(const std::string& t, int to) {
    MPI_Send(t.data(), static_cast<int>(t.size()), MPI_CHAR, to, 0, MPI_COMM_WORLD);
  }
  static std::string receive(int from) {
    MPI_Status status;
    MPI_Probe(from, 0, MPI_COMM_WORLD, &status);
    int size = 0;
    MPI_Get_count(&status, MPI_CHAR, &size);
    std::string t(static_cast<std::size_t>(size), ' ');
    MPI_Recv(t.data(), size, MPI_CHAR, from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return t;
  }
};

std::string print_of(const io::MemberResult& r) {
  return fmt::format("{} {}\n{}\n{}\n{}", static_cast<int>(r.code), r.refused, r.fields, r.cells, r.tables);
}

class Campaign {
 public:
  Campaign() {
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks_);
    MPI_Comm_split(MPI_COMM_WORLD, rank_ == 0 ? 0 : 1, rank_, &mine_);
  }

  /// What is wrong with a configuration, on rank 0.
  std::string look_at(const campaign::RandomConfig& c, io::MemberResult& result) {
    alarm(120);
    result = io::run_member(mine_, c.frame, c.overrides, 1.0);
    alarm(0);
    std::string wrong = verdict(result);
    if (ranks_ == 1) return wrong;
    const std::string print = print_of(result);
    if (rank_ == 1) {
      Text::send(print, 0);
      Text::send(wrong, 0);
    }
    if (rank_ != 0) return "";
    const std::string other = Text::receive(1), wrong_there = Text::receive(1);
    const bool too_many = wrong_there.empty() && other.starts_with("2 true") != print.starts_with("2 true");
    if (wrong.empty() && !wrong_there.empty()) wrong = "together: " + wrong_there;
    if (wrong.empty() && other != print && !too_many) wrong = "other bits on more ranks";
    return wrong;
  }

  int run(std::uint64_t first, std::uint64_t last) {
    int failed = 0, refused = 0, ran = 0, redrawn = 0;
    std::map<std::string, int> reasons;
    for (std::uint64_t seed = first; seed <= last; ++seed) {
      const campaign::RandomConfig c = campaign::random_config(seed);
      io::MemberResult result;
      const std::string wrong = look_at(c, result);
      if (rank_ != 0) {
        follow();
        continue;
      }
      redrawn += c.redrawn;
      if (!wrong.empty()) {
        ++failed;
        fmt::print("seed {}: {}\n", seed, wrong);
        fmt::print("{}\n", smallest(c, wrong).text());
      } else if (result.refused) {
        ++refused;
        ++reasons[reason(result.message)];
      } else {
        ++ran;
      }
      lead(false, {});
      if ((seed - first) % 100 == 99)
        fmt::print("to seed {}: {} ran, {} refused, {} failed\n", seed, ran, refused, failed);
      std::fflush(stdout);
    }
    if (rank_ != 0) return 0;
    fmt::print("{} configurations on {}: {} ran, {} refused ({:.1f} %), {} failed; {} keys redrawn\n", last - first + 1,
               ranks_ == 1 ? "1 rank" : fmt::format("1 and {} ranks", ranks_ - 1), ran, refused,
               100.0 * refused / static_cast<double>(last - first + 1), failed, redrawn);
    for (const auto& [text, count] : reasons) fmt::print("  refused {:>4}: {}\n", count, text);
    return failed == 0 ? 0 : 1;
  }

 private:
  /// Rank 0 tells the others what to look at next while it makes a failing case smaller, or that it has done.
  void lead(bool more, const campaign::RandomConfig& c) {
    for (int r = 1; r < ranks_; ++r) {
      Text::send(more ? "more" : "done", r);
      if (!more) continue;
      Text::send(c.frame, r);
      Text::send(fmt::format("{}", c.overrides.size()), r);
      for (const std::string& one : c.overrides) Text::send(one, r);
    }
  }
  void follow() {
    while (Text::receive(0) == "more") {
      campaign::RandomConfig c;
      c.frame = Text::receive(0);
      const int n = std::stoi(Text::receive(0));
      for (int i = 0; i < n; ++i) c.overrides.push_back(Text::receive(0));
      io::MemberResult ignored;
      static_cast<void>(look_at(c, ignored));
    }
  }

  /// Without the keys, and then the tables, that it fails in the same way without.
  campaign::RandomConfig smallest(campaign::RandomConfig c, const std::string& wrong) {
    const auto still = [&](const campaign::RandomConfig& tried) {
      lead(true, tried);
      io::MemberResult ignored;
      return reason(look_at(tried, ignored)) == reason(wrong);
    };
    for (std::size_t i = c.overrides.size(); i-- > 0;) {
      campaign::RandomConfig tried = c;
      tried.overrides.erase(tried.overrides.begin() + static_cast<std::ptrdiff_t>(i));
      if (still(tried)) c = std::move(tried);
    }
    // Tables of the frame, from the last: from a line that begins with [ to the next.
    for (std::size_t end = c.frame.size(); end > 0;) {
      const std::size_t begin = c.frame.rfind("\n[", end - 1);
      if (begin == std::string::npos) break;
      const std::size_t next = std::min(c.frame.find("\n[", begin + 1), c.frame.size() - 1);
      campaign::RandomConfig tried = c;
      tried.frame.erase(begin + 1, next - begin);
      if (still(tried)) c = std::move(tried);
      end = begin;
    }
    // And lines.
    for (std::size_t end = c.frame.size(); end > 1;) {
      const std::size_t newline = c.frame.rfind('\n', end - 2);
      const std::size_t begin = newline == std::string::npos ? 0 : newline + 1;
      if (c.frame[begin] != '[') {
        campaign::RandomConfig tried = c;
        tried.frame.erase(begin, end - begin);
        if (still(tried)) c = std::move(tried);
      }
      end = begin;
    }
    return c;
  }

  int rank_ = 0, ranks_ = 1;
  MPI_Comm mine_ = MPI_COMM_NULL;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: campaign FIRST LAST\n");
    return 2;
  }
  const std::uint64_t first = std::strtoull(argv[1], nullptr, 10), last = std::strtoull(argv[2], nullptr, 10);
  std::vector<char*> none{argv[0], nullptr};
  const petsc::Session session(1, none.data());
  std::signal(SIGALRM, too_long);
  return Campaign().run(first, last);
}
