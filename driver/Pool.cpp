//===-- Pool.cpp - Work in processes of its own ---------------------------===//
//
// Part of async-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "driver/Pool.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <map>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace async_tidy;
using Clock = std::chrono::steady_clock;

static std::atomic<bool> IsInterrupted{false};

namespace {

/// A file without a name, for a process and the one that it comes from.
class SharedFile {
public:
  SharedFile() : Descriptor(memfd_create("async-tidy", MFD_CLOEXEC)) {}
  ~SharedFile() {
    if (Descriptor >= 0)
      close(Descriptor);
  }
  SharedFile(SharedFile &&Other)
      : Descriptor(std::exchange(Other.Descriptor, -1)) {}

  int descriptor() const { return Descriptor; }
  std::unique_ptr<llvm::MemoryBuffer> read() const {
    const off_t Size = lseek(Descriptor, 0, SEEK_END);
    if (Size <= 0)
      return llvm::MemoryBuffer::getMemBuffer("");
    auto Buffer = llvm::MemoryBuffer::getOpenFileSlice(Descriptor, "record",
                                                       uint64_t(Size), 0);
    return Buffer ? std::move(*Buffer) : nullptr;
  }

private:
  int Descriptor;
};

struct Process {
  size_t Work;
  SharedFile Output, Log;
  Clock::time_point Begin;
  bool TimedOut = false;
};

} // namespace

/// The child's part: never returns.
[[noreturn]] static void work(size_t Number, const Process &P,
                              const PoolLimits &Limits,
                              llvm::function_ref<std::string(size_t)> Work) {
  llvm::sys::SetInterruptFunction(nullptr);
  // Nobody would read the result, nor end what never ends.
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  dup2(P.Log.descriptor(), STDOUT_FILENO);
  dup2(P.Log.descriptor(), STDERR_FILENO);
  if (Limits.MegabytesMemory) {
    const rlim_t Bytes = Limits.MegabytesMemory << 20;
    const rlimit Limit{Bytes, Bytes};
    setrlimit(RLIMIT_DATA, &Limit);
  }
  std::string Result = Work(Number);
  {
    llvm::raw_fd_ostream OS(P.Output.descriptor(), /*shouldClose=*/false);
    OS << Result;
    OS.flush();
    if (OS.has_error()) {
      llvm::errs() << "can't pass on the result: " << OS.error().message();
      OS.clear_error();
      _exit(1);
    }
  }
  // Nothing here is to be cleaned up twice.
  _exit(0);
}

static std::string failureOf(int Status, const Process &P,
                             const PoolLimits &Limits, llvm::StringRef Log) {
  if (P.TimedOut)
    return "it took more than " + llvm::utostr(Limits.Seconds) +
           " s (--timeout)";
  if (Log.contains("out of memory") || Log.contains("bad_alloc"))
    return Limits.MegabytesMemory
               ? "it needs more than " + llvm::utostr(Limits.MegabytesMemory) +
                     " MB of memory (--memory-limit)"
               : "there is not enough memory";
  if (WIFSIGNALED(Status)) {
    if (WTERMSIG(Status) == SIGKILL)
      return "its process was killed, perhaps for want of memory";
    return std::string("its analysis crashed (") + strsignal(WTERMSIG(Status)) +
           ")";
  }
  return "its process ended early (exit code " +
         llvm::itostr(WEXITSTATUS(Status)) + ")";
}

bool async_tidy::runPool(size_t Count, const PoolLimits &Limits,
                         llvm::function_ref<std::string(size_t)> Work,
                         llvm::function_ref<void(size_t)> Started,
                         llvm::function_ref<void(size_t, WorkResult)> Done) {
  llvm::sys::SetInterruptFunction([] { IsInterrupted = true; });
  std::map<pid_t, Process> Running;
  size_t Next = 0, Finished = 0;
  while ((Next != Count && !IsInterrupted) || !Running.empty()) {
    while (Next != Count && !IsInterrupted &&
           Running.size() < std::max(1u, Limits.Processes)) {
      Started(Next);
      Process P{Next, {}, {}, Clock::now()};
      // What is in our buffers is not to be written twice.
      llvm::outs().flush();
      const pid_t Id =
          P.Output.descriptor() < 0 || P.Log.descriptor() < 0 ? -1 : fork();
      if (Id == 0)
        work(Next, P, Limits, Work);
      if (Id < 0) {
        // Others may end, and make room.
        if (!Running.empty())
          break;
        Done(Next,
             {nullptr,
              "no process can be made for it: " + llvm::sys::StrError(errno),
              ""});
        ++Finished;
      } else {
        Running.emplace(Id, std::move(P));
      }
      ++Next;
    }

    int Status = 0;
    const pid_t Id = waitpid(-1, &Status, WNOHANG);
    if (Id <= 0) {
      for (auto &[Child, P] : Running)
        if (IsInterrupted) {
          kill(Child, SIGTERM);
        } else if (Limits.Seconds && Clock::now() - P.Begin >
                                         std::chrono::seconds(Limits.Seconds)) {
          P.TimedOut = true;
          kill(Child, SIGKILL);
        }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      continue;
    }
    auto It = Running.find(Id);
    if (It == Running.end())
      continue;
    Process P = std::move(It->second);
    Running.erase(It);
    const bool Good = WIFEXITED(Status) && WEXITSTATUS(Status) == 0;
    if (!Good && IsInterrupted)
      continue; // not its fault
    WorkResult R;
    if (Good)
      R.Output = P.Output.read();
    if (!R.Output) {
      if (auto Log = P.Log.read())
        R.Log = Log->getBuffer().str();
      R.Failure = Good ? "its result can't be read"
                       : failureOf(Status, P, Limits, R.Log);
    }
    ++Finished;
    Done(P.Work, std::move(R));
  }
  llvm::sys::SetInterruptFunction(nullptr);
  return Finished == Count;
}
