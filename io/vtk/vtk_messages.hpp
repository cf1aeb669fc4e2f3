#pragma once
/// \file
/// Gathers what VTK objects complain about, instead of letting it run over the terminal of every rank.
#include <memory>
#include <string>

class vtkObject;

namespace vesicast::io {

/// Listens to the errors and warnings of VTK objects during its life, which must not outlast theirs.
class VtkMessages {
 public:
  VtkMessages();
  ~VtkMessages();
  VtkMessages(const VtkMessages&) = delete;
  VtkMessages& operator=(const VtkMessages&) = delete;

  void listen(vtkObject& object);
  /// As above, for an XML reader (a vtkXMLReader): its parser and its pipeline too.
  void listen_to_reader(vtkObject& reader);
  /// The first complaint, on one line; empty if there was none.
  [[nodiscard]] const std::string& text() const;

 private:
  class Listener;
  std::unique_ptr<Listener> listener_;
};

}  // namespace vesicast::io
