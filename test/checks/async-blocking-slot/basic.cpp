// RUN: %check %s async-blocking-slot

#include <QCoroCore>
#include <QtCore>

void handle(int);

class Window : public QObject {
  Q_OBJECT
public:
  Q_INVOKABLE void activate(QDBusInterface &service) {
    handle(service.call("Activate"));
    // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'QDBusInterface::call' blocks the event loop, which calls this function: it waits for the reply of another process; make the function a coroutine, and co_await the function of the same name of qCoro(object) [async-blocking-slot]
  }
  Q_INVOKABLE bool connectTo(QTcpSocket &socket);
  void notMarked(QProcess &process) { process.waitForFinished(); }
  Q_INVOKABLE QCoro::Task<> isOne(QFuture<int> result) {
    handle(co_await result);
  }

public Q_SLOTS:
  void run(QProcess &process) {
    process.waitForFinished();
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'QProcess::waitForFinished' blocks the event loop
  }
  void doesNotWait(QProcess &process) { process.waitForFinished(0); }
  void lists(QDir &folder) { handle(folder.entryList()); }

private slots:
  void load(QFuture<int> result) {
    result.waitForFinished();
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'QFuture::waitForFinished' blocks the event loop
  }
  void givesToAnother(QProcess &process) {
    auto later = [&] { process.waitForFinished(); };
    (void)later;
  }

Q_SIGNALS:
  void finished();

private:
  void helper(QProcess &process) { process.waitForFinished(); }
};

bool Window::connectTo(QTcpSocket &socket) {
  return socket.waitForConnected();
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'QTcpSocket::waitForConnected' blocks the event loop
}

// A runner of tests calls these, and no event loop.
namespace QTest {
int qExec(QObject *test);
}
class WindowTest : public QObject {
  Q_OBJECT
private slots:
  void loads(QFuture<int> result) { result.waitForFinished(); }
};
int main() {
  WindowTest test;
  return QTest::qExec(&test);
}
