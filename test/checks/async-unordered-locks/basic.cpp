// RUN: %check %s async-unordered-locks

#include <seastar/core/coroutine.hh>
#include <seastar/core/semaphore.hh>
#include <seastar/core/sharded.hh>
#include <seastar/core/loop.hh>
#include <optional>
#include <utility>
#include <vector>

using Units = seastar::semaphore_units<>;

class Table {
public:
  seastar::future<Units> lock() { return lock_.hold_write_lock(); }
  seastar::future<> truncate();
  seastar::rwlock lock_;
  seastar::semaphore semaphore;
};

class Held {
public:
  void add(Units units);
};

class Schema {
public:
  seastar::future<> onAllShards(Held &held) {
    co_await shards_.invoke_on_all([&](Table &table) -> seastar::future<> {
      held.add(co_await table.lock());
      // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: this lock is kept, and 'seastar::sharded::invoke_on_all' acquires those of all at once: another call may hold some of them and wait for the others; acquire them one after the other, or a first one before all others [async-unordered-locks]
      // CHECK-NOTES: :[[@LINE-2]]:16: warning: this lock is kept
      // CHECK-NOTES-NEXT: :[[@LINE-4]]:22: note: acquired at once here
    });
  }
  seastar::future<> named(std::vector<Table *> &tables) {
    std::vector<Units> all;
    co_await seastar::parallel_for_each(
        tables, [&](Table *table) -> seastar::future<> {
          auto units = co_await table->lock_.hold_write_lock();
          // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: this lock is kept, and 'seastar::parallel_for_each' acquires
          all.push_back(std::move(units));
        });
  }
  seastar::future<> limited(std::vector<Table *> &tables, Held &held) {
    co_await seastar::max_concurrent_for_each(
        tables, 4, [&](Table *table) -> seastar::future<> {
          held.add(co_await seastar::get_units(table->semaphore, 1));
          // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: this lock is kept
        });
  }

  // Right: given back where it was acquired.
  seastar::future<> each() {
    co_await shards_.invoke_on_all([](Table &table) -> seastar::future<> {
      auto units = co_await table.lock();
      co_await table.truncate();
    });
  }
  // One shard admits the others.
  seastar::future<> first(Held &held) {
    co_await shards_.invoke_on(0, [&](Table &table) -> seastar::future<> {
      held.add(co_await table.lock());
      co_await shards_.invoke_on_all([&](Table &other) -> seastar::future<> {
        held.add(co_await other.lock());
      });
    });
  }
  seastar::future<> serialized(Held &held) {
    auto one = co_await seastar::get_units(one_, 1);
    co_await shards_.invoke_on_all([&](Table &table) -> seastar::future<> {
      held.add(co_await table.lock());
    });
  }
  // One after the other.
  seastar::future<> ordered(std::vector<Table *> &tables, Held &held) {
    for (Table *table : tables)
      held.add(co_await table->lock());
  }
  // Of one lock for all.
  seastar::future<> same(std::vector<Table *> &tables, Held &held) {
    co_await seastar::parallel_for_each(
        tables, [&](Table *) -> seastar::future<> {
          held.add(co_await seastar::get_units(one_, 1));
        });
  }

private:
  seastar::sharded<Table> shards_;
  seastar::semaphore one_;
};
