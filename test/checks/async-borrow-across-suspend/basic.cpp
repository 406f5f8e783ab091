// RUN: %check %s async-borrow-across-suspend

#include "task.h"
#include <cppcoro/async_mutex.hpp>
#include <cppcoro/task.hpp>
#include <map>
#include <memory>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <string>
#include <vector>

struct Space {
  int Uses = 0;
  bool ready() const;
};

class Database {
public:
  Space &find(int id);
  const Space &peek(int id) const;
  std::shared_ptr<Space> share(int id);
  Space &root();
  std::map<int, Space> Spaces;
};

app::Task<> step();
cppcoro::task<> other_step();
seastar::future<> tick();
void use(int);

class Updates {
public:
  app::Task<> reference(int id) {
    auto &space = database_.find(id);
    co_await step();
    ++space.Uses;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'space' is what 'find' returned, and is used after a suspension in which others may have removed it; look it up again, or copy it [async-borrow-across-suspend]
    // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'space' is what 'find' returned
    // CHECK-NOTES-NEXT: :[[@LINE-4]]:5: note: suspended here
  }
  seastar::future<> container() {
    for (auto &[id, space] : database_.Spaces)
      // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: this loop over 'Spaces' is suspended in its body, and others may change that meanwhile; loop over a copy
      co_await tick();
  }
  cppcoro::task<> iterator(int id) {
    auto it = database_.Spaces.find(id);
    co_await other_step();
    use(it->second.Uses);
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'it' refers into 'Spaces', and is used after a suspension
  }

  // Right.
  app::Task<> again(int id) {
    ++database_.find(id).Uses;
    co_await step();
    ++database_.find(id).Uses;
  }
  app::Task<> copied(int id) {
    const int uses = database_.find(id).Uses;
    auto space = database_.share(id);
    co_await step();
    space->Uses = uses;
  }
  app::Task<> constant(int id) {
    auto &space = database_.peek(id);
    co_await step();
    use(space.Uses);
  }
  app::Task<> part() {
    auto &space = database_.root();
    co_await step();
    use(space.Uses);
  }
  app::Task<> before(int id) {
    auto &space = database_.find(id);
    ++space.Uses;
    co_await step();
  }
  app::Task<> own(int id) {
    Database database;
    auto &space = database.find(id);
    co_await step();
    ++space.Uses;
  }
  app::Task<> unchanged() {
    for (int number : numbers_) {
      co_await step();
      use(number);
    }
  }
  cppcoro::task<> locked(int id) {
    co_await mutex_.lock_async();
    auto &space = database_.find(id);
    co_await other_step();
    ++space.Uses;
    mutex_.unlock();
  }

private:
  Database &database_;
  std::vector<int> numbers_;
  cppcoro::async_mutex mutex_;
};
