// RUN: %check %s async-unguarded-this

#include <QCoroCore>

int answer();
QFuture<int> ask();

template <class T> class QPointer {
public:
  QPointer(T *);
  explicit operator bool() const;
};

class Applet : public QObject {
  int Brightness = 0;

public:
  QCoro::Task<void> init() {
    int value = co_await ask();
    Brightness = value;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Applet::init' uses its object after a suspension, and does not know whether that has been deleted; keep 'QPointer(this)' in a variable from before the suspension on, and test it [async-unguarded-this]
  }
  QCoro::Task<void> started() {
    int value = co_await ask();
    Brightness = value;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Applet::started' uses its object after a suspension
  }
  void start() { started(); }
  QCoro::Task<void> guarded() {
    QPointer<Applet> alive(this);
    int value = co_await ask();
    if (alive)
      Brightness = value;
  }
  QCoro::Task<void> awaited() {
    int value = co_await ask();
    Brightness = value;
  }
  QCoro::Task<void> awaits() { co_await awaited(); }
};
