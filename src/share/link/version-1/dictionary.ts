/**
 * Bytes that a deflated text may point back to: the frame of the words, and common English. Part of
 * version 1: changing a letter makes every published link of that version unreadable.
 */
const TEXT =
  ' is are was were you your with that this for not but from have has had they what when where which who how why will would could should about after before because there their then than them other more most very first second third one two three four five six seven eight nine ten day time people world water sun moon sky Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September October November December red blue green yellow black white old new small big good great little long name age city country price colour item job food Dear Best wishes, thank you for Sorry, I can\'t tell Ask me for the capital of def return if else for in range(len( import self: None True False {"name": "", "city": "", "day": " Write a short story about  sort these from  in alphabetical order: Please say  and nothing else. What is the ? Explain a function that returns the ' +
  'GPU CPU NVIDIA AMD Intel Apple Qualcomm WebGPU server API llada-8b dream-7b mercury float16 float32 int8 "4-bit blocks of 32" ' +
  '"strategy":"random","strategy":"margin","strategy":"entropy","strategy":"threshold","strategy":"factor","blockLength":32,"steps":32,"steps":64,' +
  '"model":{"name":"Diffuscope ","revision":"","model":{"name":"diffuscope-5m","revision":"","parameters":,"precision":"8-bit blocks of 32"},"device":{"backend":"remote","device":{"backend":"cpu","device":{"backend":"webgpu","label":"WebGPU","device":{"backend":"wasm","label":"WASM, 1 thread","threads":1},"label":"WASM, 4 threads","threads":4},"label":"WASM, 2 threads","threads":2},"vocabulary":{"size":1024,"mask":0,"end":1,"suppressed":[0,2,3,4]}' +
  '"other":{"model":{"tailFloor":0.9,"caption":"","prompt":"","diffusion":{"strategy":"low-confidence","answerLength":64,"blockLength":64,"steps":64,{"strategy":"low-confidence","answerLength":128,"blockLength":128,"steps":128,"temperature":0,"topK":8,"threshold":0.9,"factor":1,"seed":1},"autoregressive":{"answerLength":64,"temperature":0,"topK":8,"seed":1},"autoregressive":{"answerLength":128,"temperature":0,"topK":8,"seed":1}},"the and of to a in "prompt":"'

export const DICTIONARY = new TextEncoder().encode(TEXT)
