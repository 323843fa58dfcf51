"""Writes a trained network as ONNX graphs that share one file of weights."""
