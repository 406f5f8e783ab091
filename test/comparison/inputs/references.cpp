// Parameters that refer to something
//
// A coroutine copies its parameters into its frame, and of a reference or a view
// only the reference. It is an error if what it refers to is gone when the
// coroutine uses it: where that is decided is the caller, so that each case has
// both.

#include "task.h"
#include <asio.hpp>
#include <chrono>
#include <cppcoro/task.hpp>
#include <cppcoro/when_all.hpp>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <folly/coro/safe/NowTask.h>
#include <functional>
#include <initializer_list>
#include <memory>
#include <seastar/core/coroutine.hh>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using app::EagerTask;
using app::Task;

Task<> save(int Value);
EagerTask<> saveNow(int Value);
asio::awaitable<void> tick();
void print(std::string_view Text);
std::string name();
std::vector<int> values();

// CASE: a temporary string, the task is kept
// DEFECT: the string is gone when the task starts
// REPORTS: async-dangling-argument,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> keptName(const std::string &Name) {
  co_await save(1);
  print(Name);
}
Task<> keepsName() {
  auto T = keptName(name());
  co_await save(2);
  co_await std::move(T);
}

// CASE: a string literal for a const std::string &
// DEFECT: the conversion makes a temporary string
// REPORTS: async-dangling-argument,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> converted(const std::string &Name) {
  co_await save(1);
  print(Name);
}
Task<> converts() {
  auto T = converted("a name");
  co_await std::move(T);
}

// CASE: a view of a temporary string
// DEFECT: the view points to freed memory when the task starts
// REPORTS: async-dangling-argument
Task<> viewed(std::string_view Name) {
  co_await save(1);
  print(Name);
}
Task<> views() {
  auto T = viewed(name());
  co_await std::move(T);
}

// CASE: a span of a temporary vector
// DEFECT: the vector is gone when the task starts
// REPORTS: async-dangling-argument
Task<> summed(std::span<const int> Values) {
  for (int Value : Values)
    co_await save(Value);
}
Task<> sums() {
  auto T = summed(values());
  co_await std::move(T);
}

// CASE: an initializer list
// DEFECT: the list's array is gone at the semicolon
// REPORTS: async-dangling-argument
Task<> listed(std::initializer_list<int> Values) {
  for (int Value : Values)
    co_await save(Value);
}
Task<> lists() {
  auto T = listed({1, 2, 3});
  co_await std::move(T);
}

// CASE: an rvalue reference to a temporary
// DEFECT: && owns nothing
// REPORTS: async-dangling-argument, async-reference-param,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> moved(std::string &&Name) {
  co_await save(1);
  print(Name);
}
Task<> moves() {
  auto T = moved(name());
  co_await std::move(T);
}

// CASE: a number for a const reference
// DEFECT: the reference is to a temporary int
// REPORTS: async-dangling-argument,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> counted(const int &Count) {
  co_await save(1);
  co_await save(Count);
}
Task<> counts() {
  auto T = counted(3);
  co_await std::move(T);
}

// CASE: a default argument that is a temporary
// DEFECT: the default is made for the call, and gone at its semicolon
// REPORTS: async-dangling-argument,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> defaulted(const std::string &Name = "nobody") {
  co_await save(1);
  print(Name);
}
Task<> usesDefault() {
  auto T = defaulted();
  co_await std::move(T);
}

// CASE: a lambda for a const std::function &
// DEFECT: the std::function is a temporary
// REPORTS: async-dangling-argument,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> called(const std::function<void()> &Done) {
  co_await save(1);
  Done();
}
Task<> calls() {
  auto T = called([] { print("done"); });
  co_await std::move(T);
}

// CASE: a local variable, and the task is returned
// DEFECT: the caller gets a task that refers to a variable of this function
// REPORTS: async-return-local-ref-task,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> localName(const std::string &Name) {
  co_await save(1);
  print(Name);
}
Task<> returnsLocal() {
  std::string Name = name();
  return localName(Name);
}

// CASE: a parameter by value, and the task is returned
// DEFECT: the parameter of this function is gone when it returns
// REPORTS: async-return-local-ref-task,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> ofParameter(const std::string &Name) {
  co_await save(1);
  print(Name);
}
Task<> returnsParameter(std::string Name) { return ofParameter(Name); }

// CASE: a pointer to a local variable, and the task is returned
// DEFECT: the caller gets a task with a pointer to a variable of this function
// REPORTS: async-return-local-ref-task
struct Options {
  int Level = 0;
};
Task<> configured(const Options *O) {
  co_await save(1);
  co_await save(O->Level);
}
Task<> configures() {
  Options O{3};
  return configured(&O);
}

// CASE: a local variable, and the task is spawned
// DEFECT: the function returns at once, and the task goes on
// REPORTS: async-scope-outlives-locals,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
asio::awaitable<void> greeted(const std::string &Name) {
  co_await tick();
  print(Name);
}
void greets(asio::io_context &Io) {
  std::string Name = name();
  asio::co_spawn(Io, greeted(Name), asio::detached);
}

// CASE: a socket of a loop, spawned
// DEFECT: the socket is destroyed at the end of the round
// REPORTS: async-scope-outlives-locals,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
asio::awaitable<void> served(asio::ip::tcp::socket &Socket) {
  co_await tick();
  Socket.close();
}
asio::awaitable<void> serves(asio::ip::tcp::acceptor Acceptor) {
  auto Executor = co_await asio::this_coro::executor;
  for (;;) {
    auto Socket = co_await Acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(Executor, served(Socket), asio::detached);
  }
}

// CASE: a reference to a shared_ptr, detached
// DEFECT: the reference does not count, and the local shared_ptr is the last
//   one
// REPORTS: async-scope-outlives-locals,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
struct Session {
  int Id = 0;
};
asio::awaitable<void> shared(const std::shared_ptr<Session> &S) {
  co_await tick();
  ++S->Id;
}
void shares(asio::io_context &Io) {
  auto S = std::make_shared<Session>();
  asio::co_spawn(Io, shared(S), asio::detached);
}

// CASE: temporaries for tasks in a vector
// DEFECT: each string is gone before the vector is awaited
// REPORTS: async-dangling-argument,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> queued(const std::string &Name) {
  co_await save(1);
  print(Name);
}
Task<> queues() {
  std::vector<Task<>> Tasks;
  for (int I = 0; I < 3; ++I)
    Tasks.push_back(queued(std::to_string(I)));
  for (auto &T : Tasks)
    co_await std::move(T);
}

// CASE: the variable of a loop, and the tasks run after it
// DEFECT: all tasks refer to the same variable, which is gone
// REPORTS: async-dangling-argument,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> rounded(const int &Round) {
  co_await save(1);
  co_await save(Round);
}
Task<> rounds() {
  std::vector<Task<>> Tasks;
  for (int I = 0; I < 3; ++I)
    Tasks.push_back(rounded(I));
  for (auto &T : Tasks)
    co_await std::move(T);
}

// CASE: a member function of a temporary object
// DEFECT: 'this' is a reference as well, and the object is gone
// REPORTS: async-dangling-argument
struct Client {
  int Id = 0;
  Task<> run() {
    co_await save(1);
    co_await save(Id);
  }
};
Task<> runsTemporary() {
  auto T = Client{}.run();
  co_await std::move(T);
}

// CASE: a view in an object that is passed by value
// DEFECT: the copy of the request has a view of a string that is gone
// REPORTS: nothing
struct Request {
  std::string_view Name;
};
Task<> requested(Request R) {
  co_await save(1);
  print(R.Name);
}
Task<> requests() {
  auto T = requested({name()});
  co_await std::move(T);
}

// CASE: an eager task uses the temporary behind its first await
// DEFECT: the part behind the await runs when the string is gone
// REPORTS: async-dangling-argument,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
EagerTask<> eagerLate(const std::string &Name) {
  co_await saveNow(1);
  print(Name);
}
EagerTask<> keepsEager() {
  auto T = eagerLate(name());
  co_await saveNow(2);
  co_await T;
}

// CASE: a Seastar coroutine of a local string is returned
// DEFECT: the coroutine suspends, and goes on when the string is gone
// REPORTS: async-return-local-ref-task,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
seastar::future<> stored(const std::string &Name) {
  co_await seastar::sleep(std::chrono::milliseconds(1));
  print(Name);
}
seastar::future<> stores() {
  std::string Name = name();
  return stored(Name);
}

// CASE: a generator of a temporary string that is kept
// DEFECT: the string is gone when the loop starts
// REPORTS: async-generator-lifetime,
//   cppcoreguidelines-avoid-reference-coroutine-parameters
app::Generator<char> letters(const std::string &Text) {
  for (char C : Text)
    co_yield C;
}
void spells() {
  auto Letters = letters(name());
  for (char C : Letters)
    print(std::string_view(&C, 1));
}

// CASE: a temporary, awaited in the same expression
// CORRECT: the string lives until the task is done
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> awaited(const std::string &Name) {
  co_await save(1);
  print(Name);
}
Task<> awaits() { co_await awaited(name()); }

// CASE: a view of a temporary, awaited in the same expression
// CORRECT: the string lives until the task is done
// REPORTS: nothing
Task<> viewAwaited(std::string_view Name) {
  co_await save(1);
  print(Name);
}
Task<> viewAwaits() { co_await viewAwaited(name()); }

// CASE: a variable that outlives the task
// CORRECT: the task is awaited where the string lives
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> outlived(const std::string &Name) {
  co_await save(1);
  print(Name);
}
Task<> outlives() {
  const std::string Name = name();
  auto T = outlived(Name);
  co_await save(2);
  co_await std::move(T);
}

// CASE: a string literal for a view
// CORRECT: a literal is never destroyed
// REPORTS: nothing
Task<> literal(std::string_view Name) {
  co_await save(1);
  print(Name);
}
Task<> literals() {
  auto T = literal("a name");
  co_await std::move(T);
}

// CASE: a variable of the program
// CORRECT: it outlives every task
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
const std::string Application = "app";
Task<> ofProgram(const std::string &Name) {
  co_await save(1);
  print(Name);
}
Task<> usesProgram() { return ofProgram(Application); }

// CASE: an out-parameter
// CORRECT: the caller awaits, and its variable is there to be written to
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> filled(std::vector<int> &Values) {
  co_await save(1);
  Values.push_back(1);
}
Task<int> fills() {
  std::vector<int> Values;
  co_await filled(Values);
  co_return Values.front();
}

// CASE: a private helper that is always awaited in place
// CORRECT: all its callers are in the class, and their buffer outlives it
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
class Reader {
public:
  Task<> run() {
    std::string Line;
    while (Open)
      co_await line(Line);
  }

private:
  Task<> line(std::string &Line) {
    co_await save(1);
    Line.clear();
  }
  bool Open = true;
};

// CASE: an allocator for the frame
// CORRECT: the promise gets it when the frame is made; the body does not use it
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
struct Arena {
  int Free = 0;
};
Task<> allocated(std::allocator_arg_t, Arena &, int Value) { co_await save(Value); }
Task<> allocates(Arena &A) { return allocated(std::allocator_arg, A, 1); }

// CASE: a parameter that is not used
// CORRECT: an interface wants it, and the body does not read it
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> unused(const std::string &) { co_await save(1); }
Task<> passesUnused() {
  auto T = unused(name());
  co_await std::move(T);
}

// CASE: an eager task that uses the parameter only before its first await
// CORRECT: that part runs before the call returns
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
EagerTask<> eagerEarly(const std::string &Name) {
  print(Name);
  co_await saveNow(1);
}
EagerTask<> keepsEarly() {
  auto T = eagerEarly(name());
  co_await T;
}

// CASE: an eager task that copies the parameter before its first await
// CORRECT: from then on it uses its copy
// REPORTS: nothing
EagerTask<> eagerCopy(std::string_view Name) {
  const std::string Copy(Name);
  co_await saveNow(1);
  print(Copy);
}
EagerTask<> keepsCopy() {
  auto T = eagerCopy(name());
  co_await T;
}

// CASE: a parameter by value
// CORRECT: it is moved into the frame
// REPORTS: nothing
Task<> byValue(std::string Name) {
  co_await save(1);
  print(Name);
}
Task<> passesValue() {
  auto T = byValue(name());
  co_await std::move(T);
}

// CASE: a function with a reference that is no coroutine
// CORRECT: it copies the string into the coroutine that it calls
// REPORTS: nothing
Task<> frame(std::string Name) {
  co_await save(1);
  print(Name);
}
Task<> wraps(const std::string &Name) { return frame(Name); }
Task<> usesWrapper() {
  auto T = wraps(name());
  co_await std::move(T);
}

// CASE: local variables, awaited through when_all
// CORRECT: both tasks are done when the expression is
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
cppcoro::task<int> length(const std::string &Text) { co_return int(Text.size()); }
cppcoro::task<> lengths() {
  const std::string First = name(), Second = name();
  co_await cppcoro::when_all(length(First), length(Second));
}

// CASE: a task that can only be awaited in place
// CORRECT: now_task can't be moved, so the caller's arguments live until it is
//   done
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
folly::coro::now_task<void> now(const std::string &Name) {
  co_await folly::coro::sleep(std::chrono::seconds(1));
  print(Name);
}
Task<> useNow() { co_await now(name()); }

// CASE: the io_context of main()
// CORRECT: run() returns when the coroutine is done, and only then is Io
//   destroyed
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
asio::awaitable<void> accepts(asio::io_context &Io) {
  co_await tick();
  Io.stop();
}
int mainOfServer() {
  asio::io_context Io;
  asio::co_spawn(Io, accepts(Io), asio::detached);
  Io.run();
  return 0;
}

// CASE: a reference to a shared_ptr, awaited in place
// CORRECT: the caller's shared_ptr outlives the task
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> sharedAwaited(const std::shared_ptr<Session> &S) {
  co_await save(S->Id);
  ++S->Id;
}
Task<> sharesAwaited() {
  auto S = std::make_shared<Session>();
  co_await sharedAwaited(S);
}

// CASE: a lambda with reference parameters, awaited in place
// CORRECT: what it refers to outlives the task
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
Task<> lambdaParameter() {
  std::string Line;
  auto Fill = [](std::string &Text) -> Task<> {
    co_await save(1);
    Text = "done";
  };
  co_await Fill(Line);
  print(Line);
}

// CASE: a generator of a temporary in a range-based for
// CORRECT: since C++23, temporaries of the range live as long as the loop
// REPORTS: cppcoreguidelines-avoid-reference-coroutine-parameters
app::Generator<char> characters(const std::string &Text) {
  for (char C : Text)
    co_yield C;
}
void spellsInPlace() {
  for (char C : characters(name()))
    print(std::string_view(&C, 1));
}
