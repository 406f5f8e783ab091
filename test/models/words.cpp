// RUN: %check %s async-look-up-across-suspend --config "{CheckOptions: {async.Models: '%S/inputs/words.yaml'}}"

// Words of a project's own add to those of the program.

#include <cppcoro/task.hpp>

struct Account {
  int balance;
};

class Ledger {
public:
  Account &obtainAccount(int number);
  Account &findAccount(int number);
  Account &chooseAccount(int number);
  void discardAccount(int number);
};

class Bank {
public:
  Account &find(int number);
  void erase(int number);
};

struct DoorLatch {};
struct Turnstile {};
struct Hinge {};
cppcoro::task<> step();

cppcoro::task<> obtains(Ledger &ledger) {
  Account &account = ledger.obtainAccount(1);
  co_await step();
  ++account.balance;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'account' is what 'Ledger::obtainAccount' has found, and is used after a suspension in which 'Ledger::discardAccount' may have removed it
}
cppcoro::task<> finds(Ledger &ledger) {
  Account &account = ledger.findAccount(1);
  co_await step();
  ++account.balance;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'account' is what 'Ledger::findAccount' has found, and is used after a suspension in which 'Ledger::discardAccount' may have removed it
}
cppcoro::task<> known_words(Bank &bank) {
  Account &account = bank.find(1);
  co_await step();
  ++account.balance;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'account' is what 'Bank::find' has found, and is used after a suspension in which 'Bank::erase' may have removed it
}
cppcoro::task<> hinges(Bank &bank) {
  Hinge hinge{};
  Account &account = bank.find(1);
  co_await step();
  ++account.balance;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'account' is what 'Bank::find' has found
}
cppcoro::task<> no_word(Ledger &ledger) {
  Account &account = ledger.chooseAccount(1);
  co_await step();
  ++account.balance;
}
cppcoro::task<> latched(Bank &bank) {
  DoorLatch latch{};
  Account &account = bank.find(1);
  co_await step();
  ++account.balance;
}
cppcoro::task<> turned(Bank &bank) {
  Turnstile turnstile{};
  Account &account = bank.find(1);
  co_await step();
  ++account.balance;
}
