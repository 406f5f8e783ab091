// RUN: %check %s async-symmetric-transfer
// The code of basic.cpp made synchronous: functions in the place of handles.

#include <functional>

struct Start {
  std::function<void()> Next;
  bool is_ready() const { return !Next; }
  void then(std::function<void()> Caller) {
    if (Caller)
      Caller();
    else
      Next();
  }
};

void run(Start S) {
  S.then([] {});
}
