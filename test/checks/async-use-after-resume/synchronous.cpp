// RUN: %check %s async-use-after-resume
// The code of basic.cpp made synchronous: functions in the place of handles.

#include <functional>
#include <map>
#include <vector>

struct Event {
  void fire() {
    for (auto &Each : Waiters)
      Each();
    Waiters.clear();
  }
  void wait(std::function<void()> Then) { Waiters.push_back(Then); }
  std::vector<std::function<void()>> Waiters;
};
