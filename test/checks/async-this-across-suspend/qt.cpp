// RUN: %check %s async-this-across-suspend

// Objects that their parents delete.

#include <QCoroCore>
#include <vector>

int answer();
QFuture<int> ask();
QFuture<int> ask(int);

template <class T> class QPointer {
public:
  QPointer(T *);
  explicit operator bool() const;
};

class Applet : public QObject {
public:
  explicit Applet(QObject *parent = nullptr) { started(); }

  QCoro::Task<void> init() {
    int value = co_await ask();
    Brightness = value;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Applet::init' changes its object after an operation that goes on when the object has been deleted: nothing in the coroutine knows of that; keep 'QPointer(this)' in a variable from before the suspension on, and test it [async-this-across-suspend]
    // CHECK-MESSAGES: :[[@LINE-3]]:17: note: suspended here
  }
  QCoro::Task<void> fill() {
    Levels.push_back(co_await ask());
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Applet::fill' changes its object
  }
  QCoro::Task<void> started() {
    Brightness = co_await ask();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Applet::started' changes its object
  }
  QCoro::Task<void> guarded() {
    QPointer<Applet> alive(this);
    int value = co_await ask();
    if (alive)
      Brightness = value;
  }
  // What the object has made may end with it.
  QCoro::Task<void> own() {
    Brightness = co_await qCoro(Socket).waitForConnected();
  }
  // Awaited in this file.
  QCoro::Task<void> part() { Brightness = co_await ask(); }
  QCoro::Task<void> whole() { co_await part(); }
  QCoro::Task<void> early() {
    Brightness = 1;
    co_await ask();
  }
  // It reads, for all that is known.
  QCoro::Task<void> reads() {
    co_await ask();
    co_await ask(Brightness);
  }

private:
  int Brightness = 0;
  std::vector<int> Levels;
  QObject Socket;
};

// There is one, for as long as the program.
class Settings : public QObject {
public:
  explicit Settings(QObject *parent = nullptr);
  static Settings *instance();
  QCoro::Task<void> load() { Value = co_await ask(); }

private:
  int Value = 0;
};

// Nobody can be its parent: it may be a variable of main.
class Example : public QObject {
public:
  QCoro::Task<void> run() { Value = co_await ask(); }

private:
  int Value = 0;
};

// No QObject.
class Plain {
public:
  explicit Plain(QObject *parent = nullptr);
  QCoro::Task<void> run() { Value = co_await ask(); }

private:
  int Value = 0;
};
