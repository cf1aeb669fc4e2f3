#include "io/vtk/vtk_messages.hpp"

#include <vtkCommand.h>
#include <vtkExecutive.h>
#include <vtkSmartPointer.h>
#include <vtkXMLReader.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace vesicast::io {
namespace {

/// VTK's text is "ERROR: In FILE, line N\nCLASS (0xADDRESS): MESSAGE\n\n"; only the message is worth a line.
std::string message_part(std::string_view text) {
  if (const auto start = text.find("): "); start != std::string_view::npos) text.remove_prefix(start + 3);
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  std::string line(text);
  std::ranges::replace(line, '\n', ' ');
  return line;
}

class FirstMessage : public vtkCommand {
 public:
  static FirstMessage* New() { return new FirstMessage; }
  void Execute(vtkObject*, unsigned long, void* data) override {
    if (text.empty()) text = data != nullptr ? message_part(static_cast<const char*>(data)) : "unknown VTK error";
  }
  std::string text;
};

}  // namespace

class VtkMessages::Listener {
 public:
  vtkSmartPointer<FirstMessage> message = vtkSmartPointer<FirstMessage>::New();
  std::vector<std::pair<vtkSmartPointer<vtkObject>, unsigned long>> observed;
};

VtkMessages::VtkMessages() : listener_(std::make_unique<Listener>()) {}

VtkMessages::~VtkMessages() {
  for (auto& [object, tag] : listener_->observed) object->RemoveObserver(tag);
}

void VtkMessages::listen(vtkObject& object) {
  for (const auto event : {vtkCommand::ErrorEvent, vtkCommand::WarningEvent})
    listener_->observed.emplace_back(&object, object.AddObserver(event, listener_->message));
}

void VtkMessages::listen_to_reader(vtkObject& object) {
  listen(object);
  if (auto* reader = vtkXMLReader::SafeDownCast(&object)) {
    reader->SetReaderErrorObserver(listener_->message);
    reader->SetParserErrorObserver(listener_->message);
    listen(*reader->GetExecutive());
  }
}

const std::string& VtkMessages::text() const {
  return listener_->message->text;
}

}  // namespace vesicast::io
